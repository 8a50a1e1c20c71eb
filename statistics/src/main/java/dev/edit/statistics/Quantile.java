package dev.edit.statistics;

/** Quantiles, linear between order statistics, as numpy and R (type 7) have them. */
final class Quantile {
  private Quantile() {}

  static double of(double[] ascending, double q) {
    double place = q * (ascending.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, ascending.length - 1);
    return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
  }
}
