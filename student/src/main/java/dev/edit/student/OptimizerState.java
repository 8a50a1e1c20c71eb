package dev.edit.student;

import dev.edit.student.files.TensorData;
import java.util.Map;

/**
 * All that a {@link TrainingSession} knows besides the trained tensors: a session that gets both
 * back goes on bit for bit.
 *
 * @param step updates done so far
 * @param firstMoments AdamW's mean of the gradient, by name of the trained tensor
 * @param secondMoments its mean of the gradient's square, by name of the trained tensor
 */
public record OptimizerState(
    long step, Map<String, TensorData> firstMoments, Map<String, TensorData> secondMoments) {

  /** Checks that both kinds of moments have the same names. */
  public OptimizerState {
    if (step < 0) {
      throw new IllegalArgumentException(
          "optimizer state: step is " + step + ", expected 0 or more");
    }
    if (!firstMoments.keySet().equals(secondMoments.keySet())) {
      throw new IllegalArgumentException(
          "optimizer state: first and second moments differ in names, expected the same: %s and %s"
              .formatted(firstMoments.keySet(), secondMoments.keySet()));
    }
  }
}
