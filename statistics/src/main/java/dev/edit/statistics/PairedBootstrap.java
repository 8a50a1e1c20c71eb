package dev.edit.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A 95 % percentile interval of the difference between two students' accuracies over the same
 * problems (Efron and Tibshirani 1993, chapter 13): problems are drawn with replacement, both
 * students keep their outcome of each drawn problem.
 *
 * <p>Only three kinds of problems matter to the difference (the first student alone was right, the
 * second alone, both or neither), so a resample is drawn from their counts: O(resamples x n) in
 * time, O(resamples) in memory. The seed is fixed: equal outcomes give an equal interval.
 *
 * @param difference accuracy of the first minus that of the second, in [-1, 1]
 * @param low lower bound of the interval
 * @param high upper bound of the interval
 */
public record PairedBootstrap(double difference, double low, double high) {
  private static final int RESAMPLES = 2_000;
  private static final long SEED = 20_240_521L;
  private static final double TAIL = 0.025;

  /**
   * The interval of outcome strings, one character a problem: {@code 1} right, anything else wrong.
   *
   * @throws IllegalArgumentException if the lengths differ or are 0
   */
  public static PairedBootstrap of(String first, String second) {
    int n = first.length();
    if (n == 0) {
      throw new IllegalArgumentException("outcomes: expected at least one problem, got none");
    }
    McNemar discordant = McNemar.of(first, second);
    int firstOnly = discordant.firstOnly();
    int either = discordant.discordant();
    SplittableRandom random = new SplittableRandom(SEED);
    double[] differences = new double[RESAMPLES];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      int balance = 0;
      for (int drawn = 0; drawn < n; drawn++) {
        int problem = random.nextInt(n);
        if (problem < firstOnly) {
          balance++;
        } else if (problem < either) {
          balance--;
        }
      }
      differences[resample] = (double) balance / n;
    }
    Arrays.sort(differences);
    double difference = (double) (firstOnly - discordant.secondOnly()) / n;
    return new PairedBootstrap(
        difference, quantile(differences, TAIL), quantile(differences, 1 - TAIL));
  }

  /** Linear between order statistics, as numpy and R (type 7) have it. */
  private static double quantile(double[] ascending, double q) {
    double place = q * (ascending.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, ascending.length - 1);
    return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
  }
}
