package dev.edit.statistics;

import java.util.Collection;

/**
 * Mean and sample standard deviation of a figure over training seeds.
 *
 * @param mean the mean
 * @param deviation the sample standard deviation (n - 1); 0 for a single value
 * @param count how many values
 */
public record Spread(double mean, double deviation, int count) {
  /**
   * The spread of some values.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Spread of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("values: expected at least one, got none");
    }
    double mean = values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double deviation = values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1));
    return new Spread(mean, deviation, values.size());
  }
}
