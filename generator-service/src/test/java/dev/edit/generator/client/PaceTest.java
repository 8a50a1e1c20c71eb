package dev.edit.generator.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.TeacherUsage;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.metrics.GeneratorMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Estimate CALL = new Estimate(80, 20);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private long now;
  private int workers = 1;

  @Test
  void shouldLetEverythingOutWhenNothingIsKnown() {
    Pace pace = pace(OptionalLong.empty(), OptionalLong.empty());
    for (int i = 0; i < 1_000; i++) {
      assertThat(pace.delay(CALL)).isZero();
      pace.admitted(CALL);
    }
    assertThat(pace.places(64)).isEqualTo(64);
  }

  @Test
  void shouldHalveTheLimitsWhenASecondWorkerComes() {
    Pace pace = pace(OptionalLong.of(600), OptionalLong.empty());
    assertThat(callsInAMinute(pace)).isBetween(588, 600);
    workers = 2;
    pass(Duration.ofMinutes(1));
    assertThat(callsInAMinute(pace)).isBetween(290, 300);
    workers = 1;
    pass(Duration.ofMinutes(1));
    assertThat(callsInAMinute(pace)).isBetween(585, 600);
  }

  @Test
  void shouldHoldToTokensAsWellAsToRequests() {
    Pace pace = pace(OptionalLong.of(600), OptionalLong.of(20_000));
    assertThat(callsInAMinute(pace)).as("of 100 tokens each").isBetween(190, 203);
  }

  @Test
  void shouldPutTokensRightWhenACallTookOtherThanThought() {
    Pace pace = pace(OptionalLong.empty(), OptionalLong.of(6_000));
    pace.admitted(CALL);
    assertThat(pace.delay(CALL)).isPositive();
    pace.settled(CALL, new Reply.Answered("!", new TeacherUsage("m", 8, 2)));
    assertThat(pace.delay(new Estimate(90, 0))).isZero();
    pace.admitted(CALL);
    pace.settled(CALL, new Reply.Unavailable("away", Optional.empty()));
    assertThat(pace.delay(new Estimate(90, 0))).isZero();
  }

  @Test
  void shouldPauseTheWholeWorkerAndComeBackWithFewerCallsWhenTheEndpointSaysSo() {
    Pace pace = pace(OptionalLong.empty(), OptionalLong.empty());
    pace.replied(429, headers(Map.of("retry-after", "2")));
    assertThat(pace.delay(CALL)).isEqualTo(Duration.ofSeconds(2));
    assertThat(pace.places(100)).isEqualTo(70);
    pace.replied(429, headers(Map.of("retry-after", "2")));
    assertThat(pace.places(100)).as("the same wave").isEqualTo(70);
    pass(Duration.ofSeconds(2));
    assertThat(pace.delay(CALL)).isZero();
    for (int i = 0; i < 71; i++) {
      pace.replied(200, headers(Map.of()));
    }
    assertThat(pace.places(100)).as("one more after a round").isEqualTo(71);
    assertThat(registry.get("edit.generator.teacher.rate.limited").counter().count()).isEqualTo(2);
  }

  @Test
  void shouldNotPauseLongWhenRetryAfterIsAbsurd() {
    Pace pace = pace(OptionalLong.empty(), OptionalLong.empty());
    pace.replied(429, headers(Map.of("retry-after", "3600")));
    assertThat(pace.delay(CALL)).isEqualTo(LONGEST);
  }

  @Test
  void shouldPauseLongerEachTimeWhenA429NamesNoTime() {
    Pace pace = pace(OptionalLong.empty(), OptionalLong.empty());
    for (long millis : List.of(500, 1_000, 2_000, 4_000, 5_000, 5_000)) {
      pace.replied(429, headers(Map.of()));
      assertThat(pace.delay(CALL)).isEqualTo(Duration.ofMillis(millis));
      pass(Duration.ofMillis(millis));
    }
    pace.replied(200, headers(Map.of()));
    pace.replied(429, headers(Map.of()));
    assertThat(pace.delay(CALL)).isEqualTo(Duration.ofMillis(500));
    assertThat(pace.places(100)).isGreaterThanOrEqualTo(10);
  }

  @Test
  void shouldWaitForTheResetWhenNothingIsLeft() {
    Pace pace = pace(OptionalLong.empty(), OptionalLong.empty());
    pace.replied(
        200,
        headers(
            Map.of(
                "x-ratelimit-limit-requests", "500",
                "x-ratelimit-remaining-requests", "0",
                "x-ratelimit-reset-requests", "1s200ms")));
    assertThat(pace.delay(CALL)).isEqualTo(Duration.ofMillis(1_200));
  }

  @Test
  void shouldHoldToTheTokensThatAreLeft() {
    Pace pace = pace(OptionalLong.empty(), OptionalLong.empty());
    pace.replied(
        200,
        headers(
            Map.of(
                "x-ratelimit-limit-tokens", "60000",
                "x-ratelimit-remaining-tokens", "250",
                "x-ratelimit-reset-tokens", "59.75s")));
    pace.admitted(CALL);
    pace.admitted(CALL);
    assertThat(pace.delay(CALL)).isEqualTo(Duration.ofMillis(50));
  }

  private int callsInAMinute(Pace pace) {
    long end = now + Duration.ofMinutes(1).toNanos();
    int calls = 0;
    while (now < end) {
      Duration wait = pace.delay(CALL);
      if (wait.isZero()) {
        pace.admitted(CALL);
        calls++;
      }
      pass(wait);
    }
    return calls;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private static HttpHeaders headers(Map<String, String> values) {
    return HttpHeaders.of(
        values.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue()))),
        (name, value) -> true);
  }

  private Pace pace(OptionalLong requests, OptionalLong tokens) {
    return new Pace(
        new Pace.Limits(requests, tokens, LONGEST, 100),
        () -> workers,
        new GeneratorMetrics(registry),
        () -> now,
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }
}
