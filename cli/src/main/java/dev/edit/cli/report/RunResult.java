package dev.edit.cli.report;

import dev.edit.cli.pipeline.StreamLog;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.recipe.Recipe;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A finished run.
 *
 * @param id its id
 * @param recipe its recipe
 * @param seed its training seed
 * @param last its last checkpoint, whose manifest holds the budget
 * @param events its events in order
 * @param evaluations of answers, one for each benchmark and way of decoding, in the order of the
 *     benchmarks
 * @param duals of the duals that it holds out; empty where it holds out none
 */
public record RunResult(
    String id,
    Recipe recipe,
    long seed,
    Checkpoint last,
    List<RunEvent> events,
    List<Evaluation> evaluations,
    List<Evaluation> duals) {
  public RunResult {
    events = List.copyOf(events);
    evaluations = List.copyOf(evaluations);
    duals = List.copyOf(duals);
  }

  /**
   * A run as the topics tell it.
   *
   * @throws IllegalArgumentException where it has no last checkpoint
   */
  public static RunResult of(Run run, StreamLog log) {
    Checkpoint last =
        log.checkpoints(run.id()).stream()
            .filter(Checkpoint::last)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "run %s: expected a last checkpoint, found none: it has not ended well"
                            .formatted(run.id())));
    List<Evaluation> all =
        log.evaluations().stream()
            .filter(evaluation -> evaluation.run().equals(run.id()))
            .sorted(Comparator.comparing(Evaluation::domain).thenComparing(Evaluation::label))
            .toList();
    Map<Boolean, List<Evaluation>> graded =
        all.stream().collect(Collectors.partitioningBy(Evaluation::graded));
    return new RunResult(
        run.id(),
        run.recipe(),
        run.seed(),
        last,
        log.events(run.id()),
        graded.get(true),
        graded.get(false));
  }

  /** Real tokens through the model in each second of optimizer steps; 0 without any. */
  public double tokensPerSecond() {
    double seconds = last.manifest().trainSeconds();
    return seconds <= 0 ? 0 : last.manifest().tokens() / seconds;
  }
}
