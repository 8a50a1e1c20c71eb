package dev.edit.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The speed of a count over the last seconds.
 *
 * <p>The window is long enough to be calm and short enough to follow a change of pace. Not
 * thread-safe.
 */
public final class Meter {
  private static final Duration WINDOW = Duration.ofSeconds(20);

  /** An ETA from less than this share of the whole would mislead. */
  private static final double LEAST_SHARE = 0.01;

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Takes a reading. Readings may repeat; time must not go back. */
  public void read(long done, Instant now) {
    if (samples.isEmpty() || samples.peekLast().done() != done) {
      samples.addLast(new Sample(done, now));
    }
    while (samples.size() > 2
        && Duration.between(samples.peekFirst().at(), now).compareTo(WINDOW) > 0) {
      samples.removeFirst();
    }
  }

  /** Counts per second up to now; 0 while nothing has moved. */
  public double perSecond(Instant now) {
    if (samples.size() < 2) {
      return 0;
    }
    Sample from = samples.peekFirst();
    double seconds = Duration.between(from.at(), now).toNanos() / 1e9;
    return seconds <= 0 ? 0 : (samples.peekLast().done() - from.done()) / seconds;
  }

  /**
   * The time until the count reaches the total at this speed; empty while hardly anything has
   * moved.
   */
  public Optional<Duration> eta(long total, Instant now) {
    double speed = perSecond(now);
    if (samples.isEmpty() || speed <= 0 || samples.peekLast().done() < LEAST_SHARE * total) {
      return Optional.empty();
    }
    long left = Math.max(0, total - samples.peekLast().done());
    return Optional.of(Duration.ofMillis(Math.round(1000 * left / speed)));
  }

  private record Sample(long done, Instant at) {}
}
