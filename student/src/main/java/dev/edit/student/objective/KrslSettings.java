package dev.edit.student.objective;

import dev.edit.student.TokenBatch;

/**
 * Weights of key reasoning step learning.
 *
 * @param alpha weight of a right response's key tokens
 * @param beta weight of a wrong response's key tokens, which are made less probable
 * @param gamma weight of a right response's other tokens
 * @param nllCeiling a wrong key token less probable than exp(-nllCeiling) is left alone
 * @param normalisation what a side's sum is divided by
 */
public record KrslSettings(
    double alpha, double beta, double gamma, double nllCeiling, Normalisation normalisation) {

  /** Weights with the reference's normalisation. */
  public KrslSettings(double alpha, double beta, double gamma, double nllCeiling) {
    this(alpha, beta, gamma, nllCeiling, Normalisation.REFERENCE);
  }

  /** The paper's: alpha 1, beta 0.025, gamma 0, ceiling 20. */
  public static final KrslSettings PAPER =
      new KrslSettings(1.0, 0.025, 0, TokenBatch.DEFAULT_NLL_CEILING);

  /** Checks the ranges; an error names the field. */
  public KrslSettings {
    notNegative("alpha", alpha);
    notNegative("beta", beta);
    notNegative("gamma", gamma);
    if (!(nllCeiling > 0)) {
      throw new IllegalArgumentException(
          "krsl: nllCeiling is " + nllCeiling + ", expected a positive number");
    }
  }

  private static void notNegative(String field, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "krsl: " + field + " is " + value + ", expected a finite number of 0 or more");
    }
  }
}
