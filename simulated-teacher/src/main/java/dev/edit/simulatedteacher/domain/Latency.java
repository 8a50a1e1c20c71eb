package dev.edit.simulatedteacher.domain;

import dev.edit.families.Seeds;
import java.time.Duration;

/**
 * How long answers take.
 *
 * @param least every answer takes at least this
 * @param jitter and up to this more, evenly, from the seed and the request
 */
public record Latency(long seed, Duration least, Duration jitter) {

  public Latency {
    check("latency", least);
    check("latency-jitter", jitter);
  }

  /** The time that a request takes. */
  public Duration of(ChatRequest request) {
    double share = Seeds.stream(seed, "latency", request.identity()).nextDouble();
    return least.plusNanos((long) (share * jitter.toNanos()));
  }

  private static void check(String key, Duration value) {
    if (value.isNegative() || value.compareTo(Fault.LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException(
          "edit.simulated-teacher." + key + ": expected 0 to 10 minutes, got " + value);
    }
  }
}
