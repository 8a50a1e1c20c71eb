package dev.edit.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

  @Test
  void shouldPreferMillisecondsWhenBothAreGiven() {
    assertThat(read(Map.of("retry-after-ms", List.of("250"), "retry-after", List.of("9"))))
        .contains(Duration.ofMillis(250));
  }

  @Test
  void shouldReadSeconds() {
    assertThat(read(Map.of("Retry-After", List.of("1.5")))).contains(Duration.ofMillis(1500));
  }

  @Test
  void shouldReadAnHttpDate() {
    assertThat(read(Map.of("retry-after", List.of("Mon, 5 Jan 2026 10:00:20 GMT"))))
        .contains(Duration.ofSeconds(20));
  }

  @Test
  void shouldNotWaitWhenTheDateHasPassed() {
    assertThat(read(Map.of("retry-after", List.of("Mon, 5 Jan 2026 09:00:00 GMT"))))
        .contains(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "NaN", "1e300", ""})
  void shouldIgnoreTheHeaderWhenItIsNeither(String value) {
    assertThat(read(Map.of("retry-after", List.of(value)))).isEmpty();
  }

  private static java.util.Optional<Duration> read(Map<String, List<String>> headers) {
    return RetryAfter.read(HttpHeaders.of(headers, (name, value) -> true), NOW);
  }
}
