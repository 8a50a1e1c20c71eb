package dev.edit.student;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of token ids, each token with the weight of its negative log-likelihood in the loss:
 *
 * <pre>
 * loss = sum over rows b and places t of weights[b][t] * -log p(tokens[b][t] | tokens[b][0..t-1])
 * </pre>
 *
 * A token with a negative weight whose negative log-likelihood exceeds {@code nllCeiling} adds
 * nothing, neither to the loss nor to the gradient: lowering its probability further has no bound.
 *
 * @param tokens rows of at least two token ids; rows may differ in length
 * @param weights one weight per token; the first of a row is 0, since nothing predicts the first
 *     token
 * @param nllCeiling in nats, positive
 */
@SuppressWarnings(
    "ArrayRecordComponent") // Rows are handed through, not compared; the caller does not write to
// them.
public record TokenBatch(List<int[]> tokens, List<double[]> weights, double nllCeiling)
    implements TrainingBatch {
  /** The ceiling of the method's authors. */
  public static final double DEFAULT_NLL_CEILING = 20;

  /**
   * Checks lengths and weights; an error names the row. Token ids are checked against a student
   * when used.
   */
  public TokenBatch {
    tokens = List.copyOf(tokens);
    weights = List.copyOf(weights);
    if (tokens.size() != weights.size()) {
      throw new IllegalArgumentException(
          "batch has %d rows of tokens but %d rows of weights"
              .formatted(tokens.size(), weights.size()));
    }
    if (!(nllCeiling > 0)) {
      throw new IllegalArgumentException(
          "nllCeiling is " + nllCeiling + ", expected a positive number");
    }
    boolean scored = false;
    for (int row = 0; row < tokens.size(); row++) {
      scored |= checkRow(row, tokens.get(row), weights.get(row));
    }
    if (!scored) {
      throw new IllegalArgumentException("batch has no token with a weight other than 0");
    }
  }

  /** A batch with the {@linkplain #DEFAULT_NLL_CEILING default ceiling}. */
  public static TokenBatch of(List<int[]> tokens, List<double[]> weights) {
    return new TokenBatch(tokens, weights, DEFAULT_NLL_CEILING);
  }

  /**
   * The batch in parts of at most {@code rows} rows, in order. Weights stay as they are, so the
   * parts' losses and gradients add up to those of the whole. Parts without any weighted token are
   * left out.
   */
  @Override
  public List<TokenBatch> split(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("rows is " + rows + ", expected a positive integer");
    }
    List<TokenBatch> parts = new ArrayList<>();
    for (int from = 0; from < tokens.size(); from += rows) {
      int to = Math.min(from + rows, tokens.size());
      if (weights.subList(from, to).stream().anyMatch(TokenBatch::anyWeight)) {
        parts.add(new TokenBatch(tokens.subList(from, to), weights.subList(from, to), nllCeiling));
      }
    }
    return parts;
  }

  private static boolean anyWeight(double[] row) {
    for (double weight : row) {
      if (weight != 0) {
        return true;
      }
    }
    return false;
  }

  static boolean checkRow(int row, int[] tokens, double[] weights) {
    if (tokens.length < 2) {
      throw new IllegalArgumentException(
          "row %d has %d tokens, expected at least 2".formatted(row, tokens.length));
    }
    if (tokens.length != weights.length) {
      throw new IllegalArgumentException(
          "row %d has %d tokens but %d weights".formatted(row, tokens.length, weights.length));
    }
    for (int t = 0; t < weights.length; t++) {
      if (!Double.isFinite(weights[t])) {
        throw new IllegalArgumentException(
            "row %d: weight %d is %s, expected a finite number".formatted(row, t, weights[t]));
      }
    }
    if (weights[0] != 0) {
      throw new IllegalArgumentException(
          "row %d: the first token's weight is %s, expected 0: nothing predicts it"
              .formatted(row, weights[0]));
    }
    return anyWeight(weights);
  }
}
