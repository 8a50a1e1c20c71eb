package dev.edit.simulatedteacher.domain;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something that goes wrong on purpose. */
public sealed interface Fault {

  /** Its name in metrics. */
  String label();

  /** What a repeated request may not meet again. */
  sealed interface Passing extends Fault {}

  /** What a request meets whenever it comes: it changes the data. */
  sealed interface Lasting extends Fault {}

  /** Status 429 with Retry-After. */
  record RateLimited() implements Passing {
    @Override
    public String label() {
      return "rate_limited";
    }
  }

  /** Status 500. */
  record ServerError() implements Passing {
    @Override
    public String label() {
      return "server_error";
    }
  }

  /** The connection is cut and there is no reply. */
  record Reset() implements Passing {
    @Override
    public String label() {
      return "reset";
    }
  }

  /** The connection stays open and the reply never comes. */
  record NoReply() implements Passing {
    @Override
    public String label() {
      return "no_reply";
    }
  }

  /** The answer comes later. */
  record Delayed(Duration by) implements Passing {
    @Override
    public String label() {
      return "slow";
    }
  }

  /** The answer ends half way, with finish reason {@code length}. */
  record Truncated() implements Lasting {
    @Override
    public String label() {
      return "truncated";
    }
  }

  /** Signs without meaning and without an answer phrase. */
  record Garbage() implements Lasting {
    @Override
    public String label() {
      return "garbage";
    }
  }

  /** A page of HTML with status 200, as proxies send it. */
  record Malformed() implements Lasting {
    @Override
    public String label() {
      return "malformed";
    }
  }

  /** The longest delay that can be asked for. */
  Duration LONGEST_DELAY = Duration.ofMinutes(10);

  /** The form of a delay: {@code delay=250ms}, {@code delay=2s}. */
  Pattern DELAY = Pattern.compile("delay=(\\d{1,6})(ms|s)");

  /**
   * Reads a fault asked for by name: {@code 429}, {@code 500}, {@code reset}, {@code no-reply},
   * {@code truncate}, {@code garbage}, {@code malformed} or {@code delay=250ms}.
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
      case "reset" -> new Reset();
      case "no-reply" -> new NoReply();
      case "truncate" -> new Truncated();
      case "garbage" -> new Garbage();
      case "malformed" -> new Malformed();
      default ->
          throw new IllegalArgumentException(
              "x-simulate-fault: expected 429, 500, reset, no-reply, truncate, garbage, malformed or"
                  + " delay=<number>ms|s of at most 10 minutes, got '"
                  + text
                  + "'");
    };
  }
}
