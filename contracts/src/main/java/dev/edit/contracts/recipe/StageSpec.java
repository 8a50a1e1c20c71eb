package dev.edit.contracts.recipe;

import dev.edit.contracts.Require;

/**
 * One training stage.
 *
 * @param steps optimizer steps; 0 skips the stage
 * @param batchSize examples a step: CoTs for SFT, pairs for KRSL
 * @param learningRate the peak learning rate
 * @param schedule how it moves over the steps
 * @param warmupSteps steps of linear warm-up from 0
 * @param optimizer AdamW's settings
 */
public record StageSpec(
    int steps,
    int batchSize,
    double learningRate,
    Schedule schedule,
    int warmupSteps,
    OptimizerSpec optimizer) {
  public StageSpec {
    Require.atLeast("steps", steps, 0);
    Require.atLeast("batchSize", batchSize, 1);
    Require.within("learningRate", learningRate, 0, 1);
    Require.present("schedule", schedule);
    Require.atLeast("warmupSteps", warmupSteps, 0);
    Require.present("optimizer", optimizer);
  }

  /** The same stage with another number of steps. */
  public StageSpec withSteps(int newSteps) {
    return new StageSpec(newSteps, batchSize, learningRate, schedule, warmupSteps, optimizer);
  }

  /** How the learning rate moves after warm-up. */
  public enum Schedule {
    CONSTANT,
    /** Half a cosine down to 0 at the last step. */
    COSINE
  }
}
