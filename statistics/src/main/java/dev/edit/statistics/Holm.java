package dev.edit.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's step-down adjustment of p-values: comparing the adjusted values with 0.05 keeps the chance
 * of even one false finding among all the tests at 5 %.
 */
public final class Holm {
  private Holm() {}

  /** The adjusted p-values, in the order of the given ones; O(n log n). */
  public static double[] adjust(double[] pValues) {
    int n = pValues.length;
    int[] ascending =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[n];
    double running = 0;
    for (int rank = 0; rank < n; rank++) {
      running = Math.max(running, Math.min(1, (n - rank) * pValues[ascending[rank]]));
      adjusted[ascending[rank]] = running;
    }
    return adjusted;
  }
}
