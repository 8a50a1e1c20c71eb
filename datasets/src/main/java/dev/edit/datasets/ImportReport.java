package dev.edit.datasets;

import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Split;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an import gave.
 *
 * @param files files read
 * @param tasks by task, how many problems of each split
 * @param canaries how many problems carry a canary line
 */
public record ImportReport(int files, Map<String, Counts> tasks, long canaries) {

  public ImportReport {
    tasks = new TreeMap<>(tasks);
  }

  /** Problems of each split. */
  public record Counts(long train, long test) {
    static final Counts NONE = new Counts(0, 0);

    Counts plus(Counts other) {
      return new Counts(train + other.train, test + other.test);
    }

    static Counts of(Problem problem) {
      return problem.split() == Split.TRAIN ? new Counts(1, 0) : new Counts(0, 1);
    }
  }

  /** Problems of all tasks. */
  public Counts total() {
    return tasks.values().stream().reduce(Counts.NONE, Counts::plus);
  }

  /** Counts what passes by. */
  static final class Tally {
    private final Map<String, Counts> tasks = new TreeMap<>();
    private long canaries;

    void add(Problem problem) {
      tasks.merge(problem.task(), Counts.of(problem), Counts::plus);
      canaries += problem.canary() == null ? 0 : 1;
    }

    ImportReport report(int files) {
      return new ImportReport(files, tasks, canaries);
    }
  }
}
