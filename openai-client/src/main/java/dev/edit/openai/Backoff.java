package dev.edit.openai;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before a retry: what the endpoint asks for, capped; else exponential from {@code
 * first} to {@code longest}, of which a random quarter is taken off, so that many clients do not
 * come back at once.
 *
 * @param first the wait before the first retry
 * @param longest the longest wait of our own
 * @param retryAfterCap the longest wait an endpoint may ask for
 * @param random uniform in [0, 1)
 */
public record Backoff(
    Duration first, Duration longest, Duration retryAfterCap, DoubleSupplier random) {

  private static final double JITTER = 0.25;

  /** Half a second to eight; an endpoint may ask for a minute. */
  public static Backoff usual() {
    return new Backoff(
        Duration.ofMillis(500),
        Duration.ofSeconds(8),
        Duration.ofMinutes(1),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * The wait before a retry.
   *
   * @param retry 1 for the first
   */
  public Duration before(int retry, Optional<Duration> retryAfter) {
    if (retryAfter.isPresent()) {
      Duration asked = retryAfter.get();
      return asked.compareTo(retryAfterCap) > 0 ? retryAfterCap : asked;
    }
    double doubled = first.toMillis() * Math.pow(2, retry - 1);
    double millis = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(Math.round(millis * (1 - JITTER * random.getAsDouble())));
  }
}
