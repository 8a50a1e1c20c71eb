package dev.edit.statistics;

/**
 * A 95 % confidence interval of a share, after Wilson (1927): it never leaves [0, 1] and does not
 * collapse when all or none are right, as mean ± 1.96 stderr does.
 *
 * @param low lower bound, in [0, 1]
 * @param high upper bound, in [0, 1]
 */
public record WilsonInterval(double low, double high) {
  /** The 97.5 % quantile of the normal distribution. */
  private static final double Z = 1.959963984540054;

  /**
   * The interval of {@code hits} among {@code n}; [0, 1] where n is 0, which says nothing.
   *
   * @throws IllegalArgumentException unless 0 <= hits <= n
   */
  public static WilsonInterval of(int hits, int n) {
    if (hits < 0 || hits > n) {
      throw new IllegalArgumentException("hits: expected 0 to " + n + ", got " + hits);
    }
    if (n == 0) {
      return new WilsonInterval(0, 1);
    }
    double share = (double) hits / n;
    double shrink = 1 + Z * Z / n;
    double centre = (share + Z * Z / (2 * n)) / shrink;
    double half = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4.0 * n * n)) / shrink;
    // The exact bounds at the ends are 0 and 1; rounding must not miss them.
    double low = hits == 0 ? 0 : centre - half;
    double high = hits == n ? 1 : centre + half;
    return new WilsonInterval(low, high);
  }
}
