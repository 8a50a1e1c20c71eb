package dev.edit.contracts.recipe;

import dev.edit.contracts.Require;

/**
 * Direct preference optimization against the student that SFT left.
 *
 * @param stage steps, batch and rates; an example is a pair
 * @param beta how strongly the student is held to its reference
 */
public record DpoSpec(StageSpec stage, double beta) {
  public DpoSpec {
    Require.present("stage", stage);
    Require.within("beta", beta, 0, 1e3);
  }
}
