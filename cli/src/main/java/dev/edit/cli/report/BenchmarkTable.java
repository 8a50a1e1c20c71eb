package dev.edit.cli.report;

import dev.edit.contracts.Evaluation;
import dev.edit.contracts.GroupMeans;
import dev.edit.contracts.Problem;
import dev.edit.statistics.WilsonInterval;
import java.util.Collection;
import java.util.List;

/**
 * Run by run and benchmark by benchmark all that an evaluation says of a student.
 *
 * @param rows one for each run and benchmark, in the order of the runs
 * @param averages one a run
 */
public record BenchmarkTable(List<Row> rows, List<Average> averages) {
  /** What the columns are called, in their order. */
  static final List<String> HEAD =
      List.of(
          "run",
          "benchmark",
          GroupMeans.MICRO + " ± stderr",
          "95 % interval",
          GroupMeans.MACRO,
          "n",
          "unanswered",
          "truncated");

  /** What the columns mean. */
  static final String CAPTION =
      "In %: micro counts each problem once, macro each task; 95 % Wilson interval of micro;"
          + " average counts each benchmark's micro once";

  /**
   * A run on a benchmark.
   *
   * @param run the run
   * @param benchmark its name, with the way of decoding where that is not the greedy one
   * @param domain in- or out-of-domain
   * @param score each problem counting once
   * @param interval the 95 % interval of the score's accuracy
   * @param macro each task counting once
   */
  public record Row(
      String run,
      String benchmark,
      Problem.Domain domain,
      Evaluation.Score score,
      WilsonInterval interval,
      double macro) {

    /** Share of responses without an answer, in [0, 1]. */
    public double unanswered() {
      return score.n() == 0 ? 0 : (double) score.unanswered() / score.n();
    }

    /** Share of problems with a response that ended by length; null where it was not counted. */
    public Double truncated() {
      return score.truncated() == null || score.n() == 0
          ? null
          : (double) score.truncated() / score.n();
    }

    /** The columns after the run, as people read them. */
    List<String> cells() {
      return List.of(
          benchmark,
          Figures.percent(score.accuracy()) + " ± " + Figures.percent(score.stderr()),
          Figures.percent(interval.low()) + " to " + Figures.percent(interval.high()),
          Figures.percent(macro),
          Figures.count(score.n()),
          Figures.percent(unanswered()),
          truncated() == null ? "–" : Figures.percent(truncated()));
    }
  }

  /** A run's average over its benchmarks, each counting once, decoded greedily. */
  public record Average(String run, int benchmarks, double value) {

    /** The columns after the run, as people read them. */
    List<String> cells() {
      return List.of(
          GroupMeans.AVERAGE + " of " + benchmarks, Figures.percent(value), "", "", "", "", "");
    }
  }

  public BenchmarkTable {
    rows = List.copyOf(rows);
    averages = List.copyOf(averages);
  }

  /** The table of some runs. */
  public static BenchmarkTable of(Collection<RunResult> runs) {
    return new BenchmarkTable(
        runs.stream()
            .flatMap(run -> run.evaluations().stream().map(e -> row(run.id(), e)))
            .toList(),
        runs.stream().map(BenchmarkTable::average).toList());
  }

  private static Average average(RunResult run) {
    List<Evaluation> greedy =
        run.evaluations().stream().filter(e -> e.decoding().equals(Evaluation.GREEDY)).toList();
    return new Average(run.id(), greedy.size(), GroupMeans.average(greedy));
  }

  private static Row row(String run, Evaluation evaluation) {
    int right = (int) evaluation.outcomes().chars().filter(outcome -> outcome == '1').count();
    return new Row(
        run,
        evaluation.label(),
        evaluation.domain(),
        evaluation.overall(),
        WilsonInterval.of(right, evaluation.overall().n()),
        GroupMeans.macro(evaluation));
  }
}
