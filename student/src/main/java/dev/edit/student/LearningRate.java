package dev.edit.student;

/** The learning rate of every step. */
@FunctionalInterface
public interface LearningRate {

  /** Rate of a step, counted from 0. */
  double at(long step);

  /** The same rate always. */
  static LearningRate constant(double rate) {
    return step -> rate;
  }

  /**
   * Rises linearly to {@code peak} over {@code warmupSteps} (the first step has {@code peak /
   * warmupSteps}), then falls along half a cosine to {@code floor}, which step {@code totalSteps}
   * would have and every later step has.
   */
  static LearningRate cosine(double peak, double floor, long warmupSteps, long totalSteps) {
    if (warmupSteps < 0 || totalSteps < warmupSteps) {
      throw new IllegalArgumentException(
          "warmupSteps is %d and totalSteps is %d, expected 0 <= warmupSteps <= totalSteps"
              .formatted(warmupSteps, totalSteps));
    }
    return step -> {
      if (step < warmupSteps) {
        return peak * (step + 1) / warmupSteps;
      }
      if (step >= totalSteps) {
        return floor;
      }
      double progress = (double) (step - warmupSteps) / (totalSteps - warmupSteps);
      return floor + (peak - floor) * (1 + Math.cos(Math.PI * progress)) / 2;
    };
  }

  /**
   * {@code initial} in the first epoch, multiplied by {@code factor} after every epoch (the paper:
   * 0.95).
   */
  static LearningRate perEpoch(double initial, double factor, long stepsPerEpoch) {
    if (stepsPerEpoch < 1) {
      throw new IllegalArgumentException(
          "stepsPerEpoch is " + stepsPerEpoch + ", expected a positive integer");
    }
    return step -> initial * Math.pow(factor, (double) Math.floorDiv(step, stepsPerEpoch));
  }
}
