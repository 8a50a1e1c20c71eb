package dev.edit.generator.client;

import java.time.Duration;

/**
 * A token bucket that knows no thread and no clock: time comes in with each call, in nanoseconds.
 *
 * <p>With a limit of {@code n} a minute it holds a second's worth and fills so slowly that no
 * minute ever sees more than {@code n}, the burst included.
 */
final class Bucket {
  private static final double NANOS = 1e9;
  private static final double MINUTE = 60;

  private double capacity;
  private double perSecond;
  private double available;
  private long updated;

  private Bucket(double capacity, double perSecond, long now) {
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.available = capacity;
    this.updated = now;
  }

  /** One that lets everything through until {@link #observe} tells a limit. */
  static Bucket unlimited(long now) {
    return new Bucket(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, now);
  }

  static Bucket perMinute(double limit, long now) {
    Bucket bucket = new Bucket(0, 0, now);
    bucket.perMinute(limit);
    bucket.available = bucket.capacity;
    return bucket;
  }

  /** Changes the limit; what is available stays, as far as it fits. */
  void perMinute(double limit) {
    capacity = Math.max(1, limit / MINUTE);
    perSecond = Math.max(limit - capacity, limit / 2) / MINUTE;
    available = Math.min(available, capacity);
  }

  /**
   * Takes over what an endpoint says of its own bucket.
   *
   * @param share of it that is ours
   * @param rates whether its limit and pace are to be taken over as well, and not only what is left
   */
  void observe(RateLimitHeaders.Limit seen, double share, boolean rates, long now) {
    refill(now);
    if (rates && seen.limit() > seen.remaining() && !seen.reset().isZero()) {
      capacity = Math.max(1, seen.limit() * share);
      double used = seen.limit() - seen.remaining();
      perSecond = used * share / (seen.reset().toNanos() / NANOS);
    }
    available = Math.min(available, seen.remaining() * share);
  }

  /** How long until an amount is there; one that never fits waits for a full bucket. */
  Duration delay(double amount, long now) {
    refill(now);
    double missing = Math.min(amount, capacity) - available;
    if (missing <= 0) {
      return Duration.ZERO;
    }
    return Duration.ofNanos((long) Math.ceil(missing / perSecond * NANOS));
  }

  /** Takes an amount, or puts a negative one back; more than is there becomes a debt. */
  void take(double amount, long now) {
    refill(now);
    available = Math.min(capacity, available - amount);
  }

  private void refill(long now) {
    double seconds = (now - updated) / NANOS;
    if (seconds > 0) {
      available = Math.min(capacity, available + seconds * perSecond);
      updated = now;
    }
  }
}
