package dev.edit.evaluator.domain;

import dev.edit.contracts.DualCot;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;

/** Small duals for tests. */
public final class Duals {
  private Duals() {}

  /** A pair on the prompt [7], whose sides are key in the given spans. */
  public static KeySteps pair(
      String id, String tokenizer, int[] right, int[][] rightKeys, int[] wrong, int[][] wrongKeys) {
    Problem problem =
        new Problem(id, "sums", "1 + 2?", "3", Problem.Split.TRAIN, Problem.Domain.IN, "in", null);
    return new KeySteps(
        problem,
        tokenizer,
        "reference",
        new int[] {7},
        side(right, rightKeys),
        side(wrong, wrongKeys),
        0.5,
        0.5,
        DualCot.Origin.CORRUPTED,
        null);
  }

  /** A pair of two tokens each, the first one key. */
  public static KeySteps pair(String id, String tokenizer) {
    int[][] first = {{0, 1}};
    return pair(id, tokenizer, new int[] {4, 3}, first, new int[] {5, 3}, first);
  }

  private static KeySteps.Side side(int[] ids, int[][] keys) {
    int[][] characters = new int[keys.length][];
    for (int i = 0; i < keys.length; i++) {
      characters[i] = new int[] {i, i + 1};
    }
    return new KeySteps.Side("x".repeat(ids.length + keys.length), ids, keys, characters);
  }
}
