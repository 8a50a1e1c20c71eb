package dev.edit.cli.bench.pipeline;

import dev.edit.statistics.Quantile;
import java.util.Collection;

/**
 * How long many waited, in milliseconds.
 *
 * @param n how many
 * @param p50 the median
 * @param p95 what 95 % did not exceed
 * @param p99 what 99 % did not exceed
 * @param longest the longest wait
 */
public record Waits(int n, double p50, double p95, double p99, double longest) {

  /** The figures of waits; all 0 where there are none. */
  static Waits of(Collection<Long> millis) {
    if (millis.isEmpty()) {
      return new Waits(0, 0, 0, 0, 0);
    }
    double[] ascending = millis.stream().mapToDouble(Long::doubleValue).sorted().toArray();
    return new Waits(
        ascending.length,
        Quantile.of(ascending, 0.50),
        Quantile.of(ascending, 0.95),
        Quantile.of(ascending, 0.99),
        ascending[ascending.length - 1]);
  }
}
