package dev.edit.simulatedteacher.domain;

import java.time.Duration;

/**
 * How often things go wrong on purpose; every rate is the probability for one request.
 *
 * @param rateLimit of a 429
 * @param serverError of a 500
 * @param slow of an answer that comes {@code slowBy} later
 * @param slowBy by how much
 * @param truncation of an answer that ends half way
 * @param garbage of an answer without meaning
 */
public record FaultRates(
    double rateLimit,
    double serverError,
    double slow,
    Duration slowBy,
    double truncation,
    double garbage) {

  /** Nothing goes wrong. */
  public static final FaultRates NONE = new FaultRates(0, 0, 0, Duration.ZERO, 0, 0);

  public FaultRates {
    rate("rate-limit", rateLimit);
    rate("server-error", serverError);
    rate("slow", slow);
    rate("truncation", truncation);
    rate("garbage", garbage);
    if (rateLimit + serverError + slow > 1 || truncation + garbage > 1) {
      throw new IllegalArgumentException(
          "edit.simulated-teacher.faults: expected rate-limit + server-error + slow and truncation"
              + " + garbage of at most 1 each");
    }
    if (slowBy.isNegative()) {
      throw new IllegalArgumentException(
          "edit.simulated-teacher.faults.slow-by: expected at least 0, got " + slowBy);
    }
  }

  private static void rate(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "edit.simulated-teacher.faults." + key + ": expected 0 to 1, got " + value);
    }
  }
}
