package dev.edit.simulatedteacher.domain;

/**
 * How often the simulated teacher errs: more on harder problems.
 *
 * @param overall the expected share of wrong answers on problems spread evenly over the
 *     difficulties 2 to 5, in [0, 1]
 */
public record SimulatedErrorRate(double overall) {
  /** Mean of the squares of 2, 3, 4 and 5. */
  private static final double MEAN_SQUARE = 13.5;

  private static final double CAP = 0.95;

  public SimulatedErrorRate {
    if (!(overall >= 0 && overall <= 1)) {
      throw new IllegalArgumentException(
          "edit.simulated-teacher.error-rate: expected a number from 0 to 1, got " + overall);
    }
  }

  /** The probability of a mistake: overall * difficulty^2 / 13.5, at most 0.95. */
  public double at(int difficulty) {
    return Math.min(CAP, overall * difficulty * difficulty / MEAN_SQUARE);
  }
}
