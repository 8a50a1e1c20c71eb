package dev.edit.generator.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.generator.client.RateLimitHeaders.Limit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  /** Whoever takes as soon as there is something never gets more than the limit in any minute. */
  @ParameterizedTest
  @ValueSource(longs = {3, 60, 500, 10_000})
  void shouldLetNoMoreThanTheLimitThroughInAnyMinute(long limit) {
    Bucket bucket = Bucket.perMinute(limit, 0);
    Deque<Long> lastMinute = new ArrayDeque<>();
    int most = 0;
    int all = 0;
    long now = 0;
    while (now < 5 * MINUTE) {
      Duration wait = bucket.delay(1, now);
      now += wait.toNanos();
      if (wait.isZero()) {
        bucket.take(1, now);
        all++;
        lastMinute.add(now);
        while (lastMinute.peek() <= now - MINUTE) {
          lastMinute.remove();
        }
        most = Math.max(most, lastMinute.size());
      }
    }
    assertThat(most).isLessThanOrEqualTo((int) limit);
    assertThat(all).as("in five minutes").isGreaterThan((int) (limit * 5 * 0.5));
    if (limit >= 60) {
      assertThat(all).isGreaterThanOrEqualTo((int) (limit * 5 * 0.98));
    }
  }

  @Test
  void shouldWaitForAFullBucketWhenAnAmountNeverFits() {
    Bucket bucket = Bucket.perMinute(6_000, 0);
    assertThat(bucket.delay(50_000, 0)).isZero();
    bucket.take(50_000, 0);
    assertThat(bucket.delay(1, 0).toSeconds()).isBetween(505L, 510L);
  }

  @Test
  void shouldGiveBackWhatWasNotTaken() {
    Bucket bucket = Bucket.perMinute(60, 0);
    bucket.take(1, 0);
    assertThat(bucket.delay(1, 0)).isPositive();
    bucket.take(-1, 0);
    assertThat(bucket.delay(1, 0)).isZero();
    bucket.take(-5, 0);
    bucket.take(1, 0);
    assertThat(bucket.delay(1, 0)).as("never more than full").isPositive();
  }

  @Test
  void shouldLetEverythingThroughWhenNoLimitIsKnown() {
    Bucket bucket = Bucket.unlimited(0);
    bucket.take(1e12, 0);
    assertThat(bucket.delay(1e12, 0)).isZero();
  }

  @Test
  void shouldKeepToTheEndpointsLimitWhenNoneIsConfigured() {
    Bucket bucket = Bucket.unlimited(0);
    bucket.observe(new Limit(600, 2, Duration.ofSeconds(59)), 1, true, 0);
    bucket.take(2, 0);
    Duration wait = bucket.delay(1, 0);
    assertThat(wait.toMillis()).as("598 come back in 59 s").isBetween(95L, 100L);
  }

  @Test
  void shouldTakeItsShareOnlyWhenOthersUseTheAccountToo() {
    Bucket bucket = Bucket.unlimited(0);
    bucket.observe(new Limit(600, 10, Duration.ofSeconds(59)), 0.5, true, 0);
    bucket.take(5, 0);
    assertThat(bucket.delay(1, 0).toMillis()).isBetween(190L, 210L);
  }

  @Test
  void shouldOnlyTakeOverWhatIsLeftWhenALimitIsConfigured() {
    Bucket bucket = Bucket.perMinute(60_000, 0);
    bucket.observe(new Limit(10, 3, Duration.ofMinutes(10)), 1, false, 0);
    bucket.take(3, 0);
    assertThat(bucket.delay(1, 0)).isLessThan(Duration.ofMillis(2));
  }
}
