package dev.edit.student;

/**
 * AdamW with decoupled weight decay on every weight, after clipping the gradient to a global norm.
 *
 * @param beta1 decay of the gradient's mean, in [0, 1)
 * @param beta2 decay of its square's mean, in [0, 1)
 * @param epsilon added to the root of the square's mean, positive
 * @param weightDecay share of a weight that is removed per step, times the learning rate; 0 for
 *     none
 * @param clipNorm largest global norm of a gradient; infinite for no clipping
 */
public record OptimizerSettings(
    double beta1, double beta2, double epsilon, double weightDecay, double clipNorm) {

  /**
   * The paper's optimizer: betas 0.9 and 0.999, epsilon 1e-8, no weight decay; clipped to norm 1.
   */
  public static final OptimizerSettings DEFAULT = new OptimizerSettings(0.9, 0.999, 1e-8, 0, 1);

  /** Checks the ranges; an error names the field. */
  public OptimizerSettings {
    check(beta1 >= 0 && beta1 < 1, "beta1", beta1, "a number in [0, 1)");
    check(beta2 >= 0 && beta2 < 1, "beta2", beta2, "a number in [0, 1)");
    check(epsilon > 0 && Double.isFinite(epsilon), "epsilon", epsilon, "a positive number");
    check(
        weightDecay >= 0 && Double.isFinite(weightDecay), "weightDecay", weightDecay, "0 or more");
    check(clipNorm > 0, "clipNorm", clipNorm, "a positive number or infinity");
  }

  private static void check(boolean holds, String field, double value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "optimizer: %s is %s, expected %s".formatted(field, value, expected));
    }
  }
}
