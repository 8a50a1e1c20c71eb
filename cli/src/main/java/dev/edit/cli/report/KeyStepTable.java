package dev.edit.cli.report;

import dev.edit.contracts.Evaluation;
import dev.edit.contracts.KeyStepFigures;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * How likely students find the key steps of the duals that their runs hold out.
 *
 * @param rows one a run that holds duals out
 */
public record KeyStepTable(List<Row> rows) {
  /** What the columns are called, in their order. */
  static final List<String> HEAD =
      List.of("run", "pairs", "right keys", "wrong keys", "margin", "preferred");

  /** What the columns mean. */
  static final String CAPTION =
      "Key steps of held-out duals: mean log-likelihood of key tokens in nats ± standard error over"
          + " the pairs, and the share of pairs whose right keys are likelier, in %";

  /**
   * A run.
   *
   * @param run the run
   * @param preferred pairs whose right side is likelier
   * @param figures the log-likelihoods
   */
  public record Row(String run, Evaluation.Score preferred, KeyStepFigures figures) {

    /** The columns after the run, as people read them. */
    List<String> cells() {
      return List.of(
          Figures.count(preferred.n()),
          nats(figures.right()),
          nats(figures.wrong()),
          nats(figures.margin()),
          Figures.percent(preferred.accuracy()) + " ± " + Figures.percent(preferred.stderr()));
    }

    private static String nats(KeyStepFigures.Mean mean) {
      return String.format(Locale.ROOT, "%.2f ± %.2f", mean.mean(), mean.stderr());
    }
  }

  public KeyStepTable {
    rows = List.copyOf(rows);
  }

  /** The table of some runs; empty where none holds duals out. */
  public static KeyStepTable of(Collection<RunResult> runs) {
    return new KeyStepTable(
        runs.stream()
            .flatMap(
                run -> run.duals().stream().map(e -> new Row(run.id(), e.overall(), e.keySteps())))
            .toList());
  }
}
