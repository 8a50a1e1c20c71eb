package dev.edit.statistics;

/** Quantiles, linear between order statistics, as numpy and R (type 7) have them. */
public final class Quantile {
  private Quantile() {}

  /**
   * The value below which a share of the values lies.
   *
   * @param ascending at least one value
   * @param q the share, in [0, 1]
   */
  public static double of(double[] ascending, double q) {
    double place = q * (ascending.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, ascending.length - 1);
    return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
  }
}
