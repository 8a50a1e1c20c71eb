package dev.edit.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * The tokens of a batch that have a part in its loss, M of them: where each is predicted, its id,
 * its weight and, for preferences, its pair.
 */
final class ScoredTokens {
  private final long[] selected; // [M] packed position of the token before
  private final long[] target; // [M]
  private final float[] weight; // [M]
  private final long[] pair; // [M]
  private final double[] reference; // [P], one 0 where there are no preferences

  ScoredTokens(TrainingBatch batch, PackedRows rows) {
    int scored = 0;
    for (double[] row : batch.weights()) {
      for (double value : row) {
        scored += value == 0 ? 0 : 1;
      }
    }
    selected = new long[scored];
    target = new long[scored];
    weight = new float[scored];
    pair = new long[scored];
    boolean preferences = batch instanceof PreferenceBatch;
    int next = 0;
    for (int row = 0; row < batch.tokens().size(); row++) {
      double[] weights = batch.weights().get(row);
      for (int t = 1; t < weights.length; t++) {
        if (weights[t] != 0) {
          selected[next] = rows.start(row) + t - 1L;
          target[next] = batch.tokens().get(row)[t];
          pair[next] = preferences ? row / 2 : 0;
          weight[next++] = (float) weights[t];
        }
      }
    }
    reference =
        batch instanceof PreferenceBatch pairs
            ? pairs.references().stream().mapToDouble(Double::doubleValue).toArray()
            : new double[1];
  }

  /** selected, target, weight, pair and reference, in the order of the script's arguments. */
  List<NDArray> arrays(NDManager scope) {
    return List.of(
        scope.create(selected),
        scope.create(target),
        scope.create(weight),
        scope.create(pair),
        scope.create(reference));
  }
}
