package dev.edit.generator.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitHeadersTest {
  @ParameterizedTest
  @CsvSource({
    "6m0s, 360000",
    "120ms, 120",
    "1.5s, 1500",
    "1h2m3s, 3723000",
    "2, 2000",
    "1d, 86400000"
  })
  void shouldReadADurationInTheFormsThatEndpointsUse(String text, long millis) {
    assertThat(RateLimitHeaders.duration(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "5x", "1s later", "NaN", "1e99"})
  void shouldTakeAnythingElseForNothing(String text) {
    assertThat(RateLimitHeaders.duration(text)).isEmpty();
  }

  @Test
  void shouldSayNothingWhenTheHeadersDoNot() {
    assertThat(RateLimitHeaders.read(headers(Map.of()), "requests")).isEmpty();
    assertThat(
            RateLimitHeaders.read(
                headers(Map.of("x-ratelimit-remaining-requests", List.of("many"))), "requests"))
        .isEmpty();
  }

  @Test
  void shouldReadWhatThereIs() {
    assertThat(
            RateLimitHeaders.read(
                headers(
                    Map.of(
                        "X-RateLimit-Limit-Tokens", List.of("60000"),
                        "X-RateLimit-Remaining-Tokens", List.of("-5"),
                        "X-RateLimit-Reset-Tokens", List.of("6m0s"))),
                "tokens"))
        .contains(new RateLimitHeaders.Limit(60_000, 0, Duration.ofMinutes(6)));
  }

  private static HttpHeaders headers(Map<String, List<String>> values) {
    return HttpHeaders.of(values, (name, value) -> true);
  }
}
