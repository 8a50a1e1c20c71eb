package dev.edit.simulatedteacher.domain;

import java.time.Duration;

/** How often things go wrong on purpose; every rate is the probability for one request. */
public record FaultRates(Passing passing, Lasting lasting) {
  private static final String KEY = "edit.simulated-teacher.faults.";

  /** Nothing goes wrong. */
  public static final FaultRates NONE =
      new FaultRates(new Passing(0, 0, 0, 0, 0, Duration.ZERO), new Lasting(0, 0, 0));

  /**
   * What a retry may not meet again.
   *
   * @param rateLimit of a 429
   * @param serverError of a 500
   * @param reset of a connection that is cut without a reply
   * @param noReply of a reply that never comes
   * @param slow of an answer that comes {@code slowBy} later
   * @param slowBy by how much
   */
  public record Passing(
      double rateLimit,
      double serverError,
      double reset,
      double noReply,
      double slow,
      Duration slowBy) {

    public Passing {
      rate("rate-limit", rateLimit);
      rate("server-error", serverError);
      rate("reset", reset);
      rate("no-reply", noReply);
      rate("slow", slow);
      atMostOne(
          "rate-limit + server-error + reset + no-reply + slow",
          rateLimit + serverError + reset + noReply + slow);
      if (slowBy.isNegative()) {
        throw new IllegalArgumentException(KEY + "slow-by: expected at least 0, got " + slowBy);
      }
    }
  }

  /**
   * What the same request meets each time.
   *
   * @param truncation of an answer that ends half way
   * @param garbage of an answer without meaning
   * @param malformed of a reply that is no JSON
   */
  public record Lasting(double truncation, double garbage, double malformed) {

    public Lasting {
      rate("truncation", truncation);
      rate("garbage", garbage);
      rate("malformed", malformed);
      atMostOne("truncation + garbage + malformed", truncation + garbage + malformed);
    }
  }

  private static void rate(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(KEY + key + ": expected 0 to 1, got " + value);
    }
  }

  private static void atMostOne(String keys, double sum) {
    if (sum > 1) {
      throw new IllegalArgumentException(KEY + "*: expected " + keys + " of at most 1, got " + sum);
    }
  }
}
