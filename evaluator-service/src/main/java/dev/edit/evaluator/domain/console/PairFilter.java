package dev.edit.evaluator.domain.console;

/**
 * Which records are asked for.
 *
 * @param task the task; null takes all
 * @param origin the origin; null takes all
 * @param mistake a category such as {@code logical}, alone or joined with others; null takes all
 * @param leastSimilarity in [0, 1]
 * @param mostSimilarity in [0, 1], at least {@code leastSimilarity}
 */
public record PairFilter(
    String task, PairOrigin origin, String mistake, double leastSimilarity, double mostSimilarity) {
  /** Takes everything. */
  public static final PairFilter ALL = new PairFilter(null, null, null, 0, 1);

  public PairFilter {
    if (!(leastSimilarity >= 0 && leastSimilarity <= mostSimilarity && mostSimilarity <= 1)) {
      throw new IllegalArgumentException(
          "similarity: expected 0 <= from <= to <= 1, got from %s to %s"
              .formatted(leastSimilarity, mostSimilarity));
    }
  }

  boolean takesMistake(String pattern) {
    return mistake == null || ("+" + pattern + "+").contains("+" + mistake + "+");
  }
}
