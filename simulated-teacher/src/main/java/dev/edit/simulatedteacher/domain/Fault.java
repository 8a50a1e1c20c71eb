package dev.edit.simulatedteacher.domain;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something that goes wrong on purpose. */
public sealed interface Fault {

  /** Status 429 with Retry-After. */
  record RateLimited() implements Fault {}

  /** Status 500. */
  record ServerError() implements Fault {}

  /** The answer comes later. */
  record Delayed(Duration by) implements Fault {}

  /** The answer ends half way, with finish reason {@code length}. */
  record Truncated() implements Fault {}

  /** Signs without meaning and without an answer phrase. */
  record Garbage() implements Fault {}

  /** The longest delay that can be asked for. */
  Duration LONGEST_DELAY = Duration.ofMinutes(10);

  /** The form of a delay: {@code delay=250ms}, {@code delay=2s}. */
  Pattern DELAY = Pattern.compile("delay=(\\d{1,6})(ms|s)");

  /**
   * Reads a fault asked for by name: {@code 429}, {@code 500}, {@code truncate}, {@code garbage} or
   * {@code delay=250ms}.
   *
   * @throws IllegalArgumentException for anything else, and for delays beyond 10 minutes
   */
  static Fault named(String text) {
    Matcher delay = DELAY.matcher(text);
    if (delay.matches()) {
      long amount = Long.parseLong(delay.group(1));
      Duration by =
          delay.group(2).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
      if (by.compareTo(LONGEST_DELAY) <= 0) {
        return new Delayed(by);
      }
    }
    return switch (text) {
      case "429" -> new RateLimited();
      case "500" -> new ServerError();
      case "truncate" -> new Truncated();
      case "garbage" -> new Garbage();
      default ->
          throw new IllegalArgumentException(
              "x-simulate-fault: expected 429, 500, truncate, garbage or delay=<number>ms|s of at"
                  + " most 10 minutes, got '"
                  + text
                  + "'");
    };
  }
}
