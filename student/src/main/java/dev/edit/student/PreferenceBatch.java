package dev.edit.student;

import java.util.ArrayList;
import java.util.List;

/**
 * Pairs of a right and a wrong response, of which the right one is to be preferred more than a
 * reference does (direct preference optimisation):
 *
 * <pre>
 * loss = share * sum over pairs of -log sigmoid(beta * (log p(right) - log p(wrong) - reference))
 * </pre>
 *
 * where log p of a response is the sum over its tokens.
 *
 * @param tokens rows right, wrong, right, wrong, ..., each at least two token ids
 * @param weights one number per token: 0 for the prompt, 1 for the right response, -1 for the wrong
 * @param references per pair, log p(right) - log p(wrong) under the reference, in nats
 * @param beta how sharply a gain over the reference counts, positive
 * @param share of a pair in the loss, positive; 1 / pairs of the undivided batch
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through, not compared.
public record PreferenceBatch(
    List<int[]> tokens, List<double[]> weights, List<Double> references, double beta, double share)
    implements TrainingBatch {

  /** Checks lengths and ranges; an error names the row or the field. */
  public PreferenceBatch {
    tokens = List.copyOf(tokens);
    weights = List.copyOf(weights);
    references = List.copyOf(references);
    positive("beta", beta);
    positive("share", share);
    if (references.isEmpty()
        || tokens.size() != 2 * references.size()
        || weights.size() != tokens.size()) {
      throw new IllegalArgumentException(
          "preferences: %d pairs have %d rows of tokens and %d of weights, expected at least one pair and two rows each"
              .formatted(references.size(), tokens.size(), weights.size()));
    }
    for (double reference : references) {
      if (!Double.isFinite(reference)) {
        throw new IllegalArgumentException(
            "preferences: a reference is " + reference + ", expected a finite number");
      }
    }
    for (int row = 0; row < tokens.size(); row++) {
      checkRow(row, tokens.get(row), weights.get(row));
    }
  }

  private static void checkRow(int row, int[] tokens, double[] weights) {
    TokenBatch.checkRow(row, tokens, weights);
    double sign = row % 2 == 0 ? 1 : -1;
    for (double weight : weights) {
      if (weight != 0 && weight != sign) {
        throw new IllegalArgumentException(
            "preferences: row %d has weight %s, expected 0 or %s".formatted(row, weight, sign));
      }
    }
  }

  /** Parts of {@code rows / 2} pairs, but at least one. */
  @Override
  public List<PreferenceBatch> split(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("rows is " + rows + ", expected a positive integer");
    }
    int pairs = Math.max(1, rows / 2);
    List<PreferenceBatch> parts = new ArrayList<>();
    for (int from = 0; from < references.size(); from += pairs) {
      int to = Math.min(from + pairs, references.size());
      parts.add(
          new PreferenceBatch(
              tokens.subList(2 * from, 2 * to),
              weights.subList(2 * from, 2 * to),
              references.subList(from, to),
              beta,
              share));
    }
    return parts;
  }

  private static void positive(String field, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "preferences: " + field + " is " + value + ", expected a positive number");
    }
  }
}
