package dev.edit.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A mean with its 95 % percentile interval (Efron and Tibshirani 1993, chapter 13): values are
 * drawn with replacement. O(resamples x n) in time; the seed is fixed, so equal values give an
 * equal interval, in whatever order they come.
 *
 * @param n how many values
 * @param mean their mean
 * @param low lower bound of the interval
 * @param high upper bound of the interval
 */
public record MeanInterval(int n, double mean, double low, double high) {
  private static final int RESAMPLES = 2_000;
  private static final long SEED = 20_240_521L;
  private static final double TAIL = 0.025;

  /**
   * The interval of some values.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static MeanInterval of(double[] values) {
    int n = values.length;
    if (n == 0) {
      throw new IllegalArgumentException("values: expected at least one, got none");
    }
    double[] ascending = values.clone();
    Arrays.sort(ascending);
    SplittableRandom random = new SplittableRandom(SEED);
    double[] means = new double[RESAMPLES];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      double sum = 0;
      for (int drawn = 0; drawn < n; drawn++) {
        sum += ascending[random.nextInt(n)];
      }
      means[resample] = sum / n;
    }
    Arrays.sort(means);
    return new MeanInterval(
        n,
        Arrays.stream(ascending).sum() / n,
        Quantile.of(means, TAIL),
        Quantile.of(means, 1 - TAIL));
  }
}
