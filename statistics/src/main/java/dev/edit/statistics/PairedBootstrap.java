package dev.edit.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A 95 % percentile interval of the difference between two students' accuracies over the same
 * problems (Efron and Tibshirani 1993, chapter 13): problems are drawn with replacement, both
 * students keep their outcome of each drawn problem. Of students trained with several seeds a drawn
 * problem brings all its outcomes along, so that seeds are not mistaken for problems.
 *
 * <p>Only the balance of each problem matters to the difference: O(resamples x n) in time,
 * O(resamples + n) in memory. The seed is fixed: equal outcomes give an equal interval.
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
    return of(List.of(first), List.of(second));
  }

  /**
   * The interval over training seeds.
   *
   * @param firsts outcome strings, one a seed, all over the same problems in the same order
   * @param seconds the same of the other student, seed by seed
   * @throws IllegalArgumentException if there are none, or counts or lengths differ, or are 0
   */
  public static PairedBootstrap of(List<String> firsts, List<String> seconds) {
    int[] balances = balances(firsts, seconds);
    int n = balances.length;
    double outcomes = (double) n * firsts.size();
    SplittableRandom random = new SplittableRandom(SEED);
    double[] differences = new double[RESAMPLES];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      int balance = 0;
      for (int drawn = 0; drawn < n; drawn++) {
        balance += balances[random.nextInt(n)];
      }
      differences[resample] = balance / outcomes;
    }
    Arrays.sort(differences);
    return new PairedBootstrap(
        Arrays.stream(balances).sum() / outcomes,
        Quantile.of(differences, TAIL),
        Quantile.of(differences, 1 - TAIL));
  }

  /** Per problem: seeds that got it right with the first student minus those with the second. */
  private static int[] balances(List<String> firsts, List<String> seconds) {
    if (firsts.isEmpty() || firsts.size() != seconds.size()) {
      throw new IllegalArgumentException(
          "seeds: expected equal numbers of at least 1, got %d and %d"
              .formatted(firsts.size(), seconds.size()));
    }
    int n = firsts.get(0).length();
    if (n == 0) {
      throw new IllegalArgumentException("outcomes: expected at least one problem, got none");
    }
    int[] balances = new int[n];
    for (int seed = 0; seed < firsts.size(); seed++) {
      add(firsts.get(seed), 1, balances);
      add(seconds.get(seed), -1, balances);
    }
    // The problems' order must not matter to the interval.
    Arrays.sort(balances);
    return balances;
  }

  private static void add(String outcomes, int amount, int[] balances) {
    if (outcomes.length() != balances.length) {
      throw new IllegalArgumentException(
          "outcomes: expected equal lengths, got %d and %d"
              .formatted(balances.length, outcomes.length()));
    }
    for (int i = 0; i < balances.length; i++) {
      balances[i] += outcomes.charAt(i) == '1' ? amount : 0;
    }
  }
}
