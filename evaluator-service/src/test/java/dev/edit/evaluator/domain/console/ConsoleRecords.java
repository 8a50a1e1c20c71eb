package dev.edit.evaluator.domain.console;

import dev.edit.contracts.DualCot;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.MistakePattern;
import dev.edit.contracts.Problem;
import dev.edit.contracts.RunEvent.Progress;

/** Records for the console's tests. */
public final class ConsoleRecords {
  private static final int[][] NO_SPANS = {};

  private ConsoleRecords() {}

  public static Problem train(String id, String task, String question) {
    return new Problem(
        id, task, question, "3", Problem.Split.TRAIN, Problem.Domain.IN, "families-in", null);
  }

  /** A pair; {@code mistake} may be null. */
  public static KeySteps pair(
      String id, String task, DualCot.Origin origin, String mistake, double similarity) {
    return new KeySteps(
        train(id, task, "What is 1 plus 2?"),
        "sha256:t",
        "reference",
        new int[] {1, 2},
        side("1 plus 2 is 3."),
        side("1 plus 2 is 4."),
        similarity,
        0.25,
        origin,
        mistake == null ? null : MistakePattern.parse(mistake));
  }

  public static KeySteps alone(String id, String task) {
    return new KeySteps(
        train(id, task, "What is 1 plus 2?"),
        "sha256:t",
        "reference",
        new int[] {1, 2},
        new KeySteps.Side("1 plus 2 is 3.", new int[] {1, 2, 3, 4}, NO_SPANS, NO_SPANS),
        null,
        0,
        0,
        DualCot.Origin.CORRUPTED,
        null);
  }

  /** A side of four tokens whose third one is key: its last two characters. */
  private static KeySteps.Side side(String text) {
    return new KeySteps.Side(
        text,
        new int[] {1, 2, 3, 4},
        new int[][] {{2, 3}},
        new int[][] {{text.length() - 2, text.length() - 1}});
  }

  public static Progress progress(int step, int steps) {
    return new Progress(step, steps, 1.0 / step, 1e-3, 0.5, 100, null, null);
  }
}
