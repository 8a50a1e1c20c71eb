package dev.edit.openai;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The wait an endpoint asks for: {@code retry-after-ms}, else {@code retry-after} in seconds or as
 * an HTTP date. A header that is neither is as good as none.
 */
public final class RetryAfter {
  private static final double MOST_SECONDS = 1e9;

  private RetryAfter() {}

  /** What the headers ask for; empty where they ask for nothing that can be understood. */
  public static Optional<Duration> read(HttpHeaders headers, Instant now) {
    Optional<Duration> millis =
        headers.firstValue("retry-after-ms").flatMap(value -> number(value, 1e-3));
    return millis.or(
        () ->
            headers
                .firstValue("retry-after")
                .flatMap(value -> number(value, 1).or(() -> date(value, now))));
  }

  private static Optional<Duration> number(String value, double unitSeconds) {
    try {
      double seconds = Double.parseDouble(value.strip()) * unitSeconds;
      return seconds >= 0 && seconds < MOST_SECONDS
          ? Optional.of(Duration.ofNanos(Math.round(seconds * 1e9)))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> date(String value, Instant now) {
    try {
      Instant then =
          ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
