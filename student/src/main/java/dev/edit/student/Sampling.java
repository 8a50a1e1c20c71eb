package dev.edit.student;

/**
 * How the next token is drawn.
 *
 * @param temperature logits are divided by it; 0 takes the most probable token
 * @param topP only the most probable tokens that together reach this share take part, in (0, 1]
 */
public record Sampling(double temperature, double topP) {
  /** The most probable token at every place. */
  public static final Sampling GREEDY = new Sampling(0, 1);

  /** Checks the ranges; an error names the field. */
  public Sampling {
    if (!(temperature >= 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "temperature is " + temperature + ", expected a number from 0 on");
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException(
          "top-p is " + topP + ", expected a number above 0 and up to 1");
    }
  }

  /** Whether draws decide. */
  public boolean random() {
    return temperature > 0;
  }
}
