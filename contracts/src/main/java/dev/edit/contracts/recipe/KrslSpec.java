package dev.edit.contracts.recipe;

import dev.edit.contracts.Require;

/**
 * The weights of key reasoning step learning (method, section 4).
 *
 * @param alpha weight of right key tokens
 * @param beta weight of wrong key tokens, whose likelihood is lowered
 * @param gamma weight of the other right tokens
 * @param nllCeiling wrong tokens whose NLL (nats) is above it are left alone, because the wrong
 *     term is unbounded below
 * @param normalisation what the sum over a side's tokens is divided by; null means {@link
 *     Normalisation#RESPONSE_TOKENS}
 */
public record KrslSpec(
    double alpha, double beta, double gamma, double nllCeiling, Normalisation normalisation) {
  /** The paper's values. */
  public static final KrslSpec REFERENCE = new KrslSpec(1.0, 0.025, 0.0, 20.0);

  public KrslSpec {
    Require.within("alpha", alpha, 0, 1e3);
    Require.within("beta", beta, 0, 1e3);
    Require.within("gamma", gamma, 0, 1e3);
    Require.within("nllCeiling", nllCeiling, 0, 1e3);
  }

  /** With the reference normalisation. */
  public KrslSpec(double alpha, double beta, double gamma, double nllCeiling) {
    this(alpha, beta, gamma, nllCeiling, null);
  }

  /** What a side's sum is divided by. */
  public enum Normalisation {
    /** All tokens of the response, key or not, EOS included: the released code's rule. */
    RESPONSE_TOKENS,
    /** The response's key tokens; longer chains of thought then weigh as much as short ones. */
    KEY_TOKENS
  }
}
