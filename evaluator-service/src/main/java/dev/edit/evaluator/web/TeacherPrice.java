package dev.edit.evaluator.web;

/**
 * What a teacher's tokens cost, in any currency.
 *
 * @param perMillionPrompt of a million tokens read
 * @param perMillionCompletion of a million tokens written
 */
public record TeacherPrice(double perMillionPrompt, double perMillionCompletion) {
  private static final double MILLION = 1e6;

  public TeacherPrice {
    if (!(perMillionPrompt >= 0) || !(perMillionCompletion >= 0)) {
      throw new IllegalArgumentException(
          "price: expected numbers of at least 0, got %s and %s"
              .formatted(perMillionPrompt, perMillionCompletion));
    }
  }

  /** What so many tokens cost. */
  public double of(long promptTokens, long completionTokens) {
    return (promptTokens * perMillionPrompt + completionTokens * perMillionCompletion) / MILLION;
  }
}
