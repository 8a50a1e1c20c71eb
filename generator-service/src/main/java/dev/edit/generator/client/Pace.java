package dev.edit.generator.client;

import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.metrics.GeneratorMetrics;
import dev.edit.openai.RetryAfter;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * How fast this worker calls: requests and tokens a minute, its share of what the account may, and
 * slower where the endpoint asks for it.
 *
 * <p>After a 429 the whole worker pauses, as long as the endpoint asks but never longer than {@code
 * longest}, so that one absurd Retry-After stops nobody; and it comes back with fewer calls at
 * once, of which one more is allowed for each round that goes well. {@code x-ratelimit} headers
 * tell what is left of the account's limits; where none is configured, they are the limits.
 * Thread-safe.
 */
final class Pace implements Admission, HttpTeacher.Listener {
  private static final double FEWER = 0.7;
  private static final double LEAST = 0.1;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private final Limits limits;
  private final IntSupplier workers;
  private final GeneratorMetrics metrics;
  private final LongSupplier nanos;
  private final Clock clock;
  private final Bucket requests;
  private final Bucket tokens;
  private int shares = 1;
  private double places;
  private long pausedUntil;
  private int inARow;

  /**
   * The account's limits.
   *
   * @param requestsPerMinute over all workers
   * @param tokensPerMinute prompt and completion, over all workers
   * @param longest the longest pause of the whole worker
   * @param concurrency calls at once when all goes well
   */
  record Limits(
      OptionalLong requestsPerMinute,
      OptionalLong tokensPerMinute,
      Duration longest,
      int concurrency) {}

  /**
   * A pace.
   *
   * @param workers how many share the account at present
   * @param nanos a clock that never goes back
   * @param clock tells an HTTP date's distance
   */
  Pace(
      Limits limits,
      IntSupplier workers,
      GeneratorMetrics metrics,
      LongSupplier nanos,
      Clock clock) {
    this.limits = limits;
    this.workers = workers;
    this.metrics = metrics;
    this.nanos = nanos;
    this.clock = clock;
    long now = nanos.getAsLong();
    this.requests = bucket(limits.requestsPerMinute(), now);
    this.tokens = bucket(limits.tokensPerMinute(), now);
    this.places = limits.concurrency();
    this.pausedUntil = now;
  }

  private static Bucket bucket(OptionalLong limit, long now) {
    return limit.isPresent() ? Bucket.perMinute(limit.getAsLong(), now) : Bucket.unlimited(now);
  }

  @Override
  public synchronized Duration delay(Estimate estimate) {
    share();
    long now = nanos.getAsLong();
    Duration pause = Duration.ofNanos(Math.max(0, pausedUntil - now));
    return longest(pause, longest(requests.delay(1, now), tokens.delay(estimate.tokens(), now)));
  }

  @Override
  public synchronized void admitted(Estimate estimate) {
    long now = nanos.getAsLong();
    requests.take(1, now);
    tokens.take(estimate.tokens(), now);
  }

  /** What a call took other than thought is put right; a call without an answer took nothing. */
  @Override
  public synchronized void settled(Estimate estimate, Reply reply) {
    long taken = TokenEstimate.taken(reply).orElse(estimate.tokens());
    tokens.take(taken - estimate.tokens(), nanos.getAsLong());
  }

  @Override
  public synchronized int places(int most) {
    return Math.max(1, (int) Math.min(most, places));
  }

  @Override
  public synchronized void replied(int status, HttpHeaders headers) {
    long now = nanos.getAsLong();
    RateLimitHeaders.read(headers, "requests")
        .ifPresent(seen -> observe(requests, seen, limits.requestsPerMinute(), now));
    RateLimitHeaders.read(headers, "tokens")
        .ifPresent(seen -> observe(tokens, seen, limits.tokensPerMinute(), now));
    if (status == 429) {
      metrics.rateLimited();
      back(RetryAfter.read(headers, clock.instant()), now);
    } else if (status == 200) {
      inARow = 0;
      places = Math.min(limits.concurrency(), places + 1 / places);
    }
  }

  private void observe(Bucket bucket, RateLimitHeaders.Limit seen, OptionalLong own, long now) {
    bucket.observe(seen, 1.0 / shares, own.isEmpty(), now);
    if (seen.remaining() < 1) {
      pause(seen.reset(), now);
    }
  }

  /** Calls that went out before the pause tell nothing new by failing as well. */
  private void back(Optional<Duration> retryAfter, long now) {
    if (now >= pausedUntil) {
      places = Math.max(Math.max(1, LEAST * limits.concurrency()), places * FEWER);
      inARow++;
    }
    Duration own = FIRST_PAUSE.multipliedBy(1L << Math.max(0, Math.min(inARow - 1, 10)));
    pause(retryAfter.orElse(own), now);
  }

  private void pause(Duration asked, long now) {
    Duration capped = asked.compareTo(limits.longest()) > 0 ? limits.longest() : asked;
    pausedUntil = Math.max(pausedUntil, now + capped.toNanos());
  }

  /** Limits are divided anew when workers come or go. */
  private void share() {
    int now = Math.max(1, workers.getAsInt());
    if (now != shares) {
      shares = now;
      limits.requestsPerMinute().ifPresent(limit -> requests.perMinute((double) limit / now));
      limits.tokensPerMinute().ifPresent(limit -> tokens.perMinute((double) limit / now));
    }
  }

  private static Duration longest(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
