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
 */
public record KrslSpec(double alpha, double beta, double gamma, double nllCeiling) {
  /** The paper's values. */
  public static final KrslSpec REFERENCE = new KrslSpec(1.0, 0.025, 0.0, 20.0);

  public KrslSpec {
    Require.within("alpha", alpha, 0, 1e3);
    Require.within("beta", beta, 0, 1e3);
    Require.within("gamma", gamma, 0, 1e3);
    Require.within("nllCeiling", nllCeiling, 0, 1e3);
  }
}
