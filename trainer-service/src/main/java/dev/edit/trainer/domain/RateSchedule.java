package dev.edit.trainer.domain;

import dev.edit.contracts.recipe.StageSpec;

/**
 * The learning rate of every step of a stage.
 *
 * <p>With w warm-up steps of n, step k (from 0) takes {@code peak * (k + 1) / w} while k &lt; w.
 * After that a constant schedule stays at the peak, and a cosine takes {@code peak * (1 + cos(pi *
 * (k - w) / (n - w))) / 2}: the peak first, and 0 at the end of the last step.
 */
public final class RateSchedule {
  private final StageSpec spec;

  public RateSchedule(StageSpec spec) {
    this.spec = spec;
  }

  /** The rate of a step, counted from 0. */
  public double at(int step) {
    int warmup = spec.warmupSteps();
    if (step < warmup) {
      return spec.learningRate() * (step + 1) / warmup;
    }
    return switch (spec.schedule()) {
      case CONSTANT -> spec.learningRate();
      case COSINE -> {
        double done = (double) (step - warmup) / Math.max(1, spec.steps() - warmup);
        yield spec.learningRate() * (1 + Math.cos(Math.PI * Math.min(1, done))) / 2;
      }
    };
  }
}
