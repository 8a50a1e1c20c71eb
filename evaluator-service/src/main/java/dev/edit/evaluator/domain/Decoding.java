package dev.edit.evaluator.domain;

/**
 * How the next token of a response is found.
 *
 * @param temperature 0 takes the most probable token
 * @param topP only the most probable tokens that together reach this share are drawn from, in (0,
 *     1]
 */
public record Decoding(double temperature, double topP) {
  /** The most probable token at every place. */
  public static final Decoding GREEDY = new Decoding(0, 1);

  public Decoding {
    if (!(temperature >= 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "temperature: expected a number from 0 on, but was " + temperature);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException(
          "top-p: expected a number above 0 and up to 1, but was " + topP);
    }
  }

  /** Whether draws decide. */
  public boolean random() {
    return temperature > 0;
  }
}
