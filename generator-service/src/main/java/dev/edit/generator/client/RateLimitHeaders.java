package dev.edit.generator.client;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code x-ratelimit-limit-*}, {@code -remaining-*} and {@code -reset-*} say of requests or
 * tokens. Headers that are missing or not understood say nothing.
 */
final class RateLimitHeaders {
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|d)");
  private static final double MOST_SECONDS = 1e9;

  private RateLimitHeaders() {}

  /**
   * An endpoint's bucket.
   *
   * @param limit how much it holds
   * @param remaining how much is in it
   * @param reset until it is full again
   */
  record Limit(double limit, double remaining, Duration reset) {}

  /** The limit of {@code requests} or {@code tokens}. */
  static Optional<Limit> read(HttpHeaders headers, String unit) {
    OptionalDouble remaining = number(headers, "x-ratelimit-remaining-" + unit);
    if (remaining.isEmpty()) {
      return Optional.empty();
    }
    double left = Math.max(0, remaining.getAsDouble());
    return Optional.of(
        new Limit(
            number(headers, "x-ratelimit-limit-" + unit).orElse(left),
            left,
            headers
                .firstValue("x-ratelimit-reset-" + unit)
                .flatMap(RateLimitHeaders::duration)
                .orElse(Duration.ZERO)));
  }

  private static OptionalDouble number(HttpHeaders headers, String name) {
    try {
      return headers
          .firstValue(name)
          .map(value -> OptionalDouble.of(Double.parseDouble(value.strip())))
          .filter(value -> Double.isFinite(value.getAsDouble()))
          .orElse(OptionalDouble.empty());
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** Reads {@code 6m0s}, {@code 120ms}, {@code 1.5s}, or a bare number of seconds. */
  static Optional<Duration> duration(String text) {
    String value = text.strip();
    Matcher part = PART.matcher(value);
    double seconds = 0;
    int end = 0;
    while (part.find() && part.start() == end) {
      seconds += Double.parseDouble(part.group(1)) * unit(part.group(2));
      end = part.end();
    }
    if (end == 0 || end != value.length()) {
      return bare(value);
    }
    return positive(seconds);
  }

  private static double unit(String name) {
    return switch (name) {
      case "ms" -> 1e-3;
      case "m" -> 60;
      case "h" -> 3_600;
      case "d" -> 86_400;
      default -> 1;
    };
  }

  private static Optional<Duration> bare(String value) {
    try {
      return positive(Double.parseDouble(value));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> positive(double seconds) {
    return seconds >= 0 && seconds < MOST_SECONDS
        ? Optional.of(Duration.ofNanos(Math.round(seconds * 1e9)))
        : Optional.empty();
  }
}
