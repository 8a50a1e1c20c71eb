package dev.edit.simulatedteacher.web;

import java.time.Duration;

/**
 * What a 429 says.
 *
 * @param retryAfter how long to wait
 */
public record RateLimitAnswer(Duration retryAfter) {

  public RateLimitAnswer {
    if (retryAfter.isNegative()) {
      throw new IllegalArgumentException(
          "edit.simulated-teacher.faults.retry-after: expected at least 0, got " + retryAfter);
    }
  }

  /** Whole seconds, rounded up. */
  long seconds() {
    return (retryAfter.toMillis() + 999) / 1000;
  }
}
