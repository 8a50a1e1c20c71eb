package dev.edit.alignment;

import java.util.Objects;

/**
 * What an alignment says of a dual pair.
 *
 * <p>A <em>response</em> is a sequence without its prompt: chain of thought and EOS.
 *
 * @param rightKey key tokens of the right sequence
 * @param wrongKey key tokens of the wrong sequence
 * @param distance edit distance of the two sequences the rule aligned (unit costs)
 * @param similarity 1 - distance / length of the longer response, in [0, 1]; 1 when both responses
 *     are empty
 * @param keyShare key tokens of both sides / tokens of both responses, in [0, 1]; 0 when both are
 *     empty
 */
public record KeyMasks(
    KeySpans rightKey, KeySpans wrongKey, int distance, double similarity, double keyShare) {

  public KeyMasks {
    Objects.requireNonNull(rightKey, "rightKey");
    Objects.requireNonNull(wrongKey, "wrongKey");
    if (distance < 0) {
      throw new IllegalArgumentException("distance: expected at least 0, got " + distance);
    }
    requireShare("similarity", similarity);
    requireShare("keyShare", keyShare);
  }

  /**
   * Masks of a pair whose responses have {@code rightResponse} and {@code wrongResponse} tokens.
   */
  static KeyMasks of(
      KeySpans rightKey, KeySpans wrongKey, int distance, int rightResponse, int wrongResponse) {
    int longer = Math.max(rightResponse, wrongResponse);
    double tokens = (double) rightResponse + wrongResponse;
    return new KeyMasks(
        rightKey,
        wrongKey,
        distance,
        longer == 0 ? 1.0 : Math.max(0.0, 1.0 - (double) distance / longer),
        longer == 0 ? 0.0 : (rightKey.tokenCount() + wrongKey.tokenCount()) / tokens);
  }

  private static void requireShare(String field, double value) {
    if (!(value >= 0.0 && value <= 1.0)) {
      throw new IllegalArgumentException(field + ": expected a number in [0, 1], got " + value);
    }
  }
}
