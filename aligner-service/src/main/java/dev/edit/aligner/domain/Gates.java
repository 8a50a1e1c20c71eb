package dev.edit.aligner.domain;

/**
 * The bounds a pair has to keep.
 *
 * @param minSimilarity the least {@code 1 - distance / longer response} of a pair, in [0, 1]
 * @param maxLength the most tokens of prompt and response together, EOS included
 */
public record Gates(double minSimilarity, int maxLength) {
  public Gates {
    if (!(minSimilarity >= 0 && minSimilarity <= 1)) {
      throw new IllegalArgumentException(
          "min-similarity: expected a number from 0 to 1, got " + minSimilarity);
    }
    if (maxLength < 2) {
      throw new IllegalArgumentException(
          "max-length: expected at least 2 tokens, got " + maxLength);
    }
  }
}
