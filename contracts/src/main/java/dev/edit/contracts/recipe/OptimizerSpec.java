package dev.edit.contracts.recipe;

import dev.edit.contracts.Require;

/**
 * AdamW.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 * @param weightDecay decoupled weight decay
 * @param clipNorm the gradient's global norm is clipped to this; 0 switches clipping off
 */
public record OptimizerSpec(
    double beta1, double beta2, double epsilon, double weightDecay, double clipNorm) {
  public OptimizerSpec {
    Require.within("beta1", beta1, 0, 1);
    Require.within("beta2", beta2, 0, 1);
    Require.within("epsilon", epsilon, 0, 1);
    Require.within("weightDecay", weightDecay, 0, 10);
    Require.within("clipNorm", clipNorm, 0, 1e6);
  }
}
