package dev.edit.trainer.domain;

import dev.edit.contracts.recipe.StageSpec;

/**
 * The learning rate of every step of a stage.
 *
 * <p>With w warm-up steps of n, step k (from 0) takes {@code peak * (k + 1) / w} while k &lt; w; a
 * warm-up ratio r means w = round(r n). After that a constant schedule stays at the peak; a cosine
 * takes {@code peak * (1 + cos(pi * (k - w) / (n - w))) / 2}: the peak first, and 0 at the end of
 * the last step; an exponential one takes {@code peak * decay^e} in epoch e, counted from 0.
 */
public final class RateSchedule {
  private final StageSpec spec;
  private final int stepsPerEpoch;
  private final int warmup;

  /**
   * @param spec with its steps counted
   * @param stepsPerEpoch at least 1
   */
  public RateSchedule(StageSpec spec, int stepsPerEpoch) {
    this.spec = spec;
    this.stepsPerEpoch = stepsPerEpoch;
    this.warmup =
        spec.warmupRatio() == null
            ? spec.warmupSteps()
            : (int) Math.round(spec.warmupRatio() * spec.steps());
  }

  /** The rate of a step, counted from 0. */
  public double at(int step) {
    double peak = spec.learningRate();
    if (step < warmup) {
      return peak * (step + 1) / warmup;
    }
    return switch (spec.schedule()) {
      case CONSTANT -> peak;
      case COSINE -> {
        double done = (double) (step - warmup) / Math.max(1, spec.steps() - warmup);
        yield peak * (1 + Math.cos(Math.PI * Math.min(1, done))) / 2;
      }
      case EXPONENTIAL -> peak * Math.pow(spec.decayPerEpoch(), step / stepsPerEpoch);
    };
  }
}
