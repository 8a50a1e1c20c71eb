package dev.edit.generator.domain.teacher;

import dev.edit.contracts.Require;

/**
 * How a teacher draws its reply.
 *
 * @param temperature 0 to 2
 * @param topP nucleus size, above 0 and at most 1
 * @param maxTokens the longest completion, in tokens
 */
public record Sampling(double temperature, double topP, int maxTokens) {
  /** Beyond this temperature chains of thought fall apart. */
  private static final double HOTTEST_RETRY = 1.0;

  public Sampling {
    Require.within("temperature", temperature, 0, 2);
    Require.within("topP", topP, Double.MIN_VALUE, 1);
    Require.atLeast("maxTokens", maxTokens, 1);
  }

  /** The same, hotter by {@code step} for each attempt after the first, up to 1. */
  public Sampling forAttempt(int attempt, double step) {
    double hotter = Math.min(temperature + (attempt - 1) * step, HOTTEST_RETRY);
    return new Sampling(Math.max(temperature, hotter), topP, maxTokens);
  }
}
