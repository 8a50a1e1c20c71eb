package dev.edit.contracts.recipe;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Require;

/**
 * One training stage. A step reads {@code batchSize} examples in each of {@code accumulation}
 * forward passes.
 *
 * @param steps optimizer steps; 0 skips the stage unless {@code epochs} is given
 * @param batchSize examples a forward pass: CoTs for SFT, pairs for KRSL and DPO
 * @param learningRate the peak learning rate
 * @param schedule how it moves over the steps
 * @param warmupSteps steps of linear warm-up from 0
 * @param optimizer AdamW's settings
 * @param epochs passes over the stage's data, in place of {@code steps}, which is 0 then; null
 *     where steps are counted
 * @param accumulation forward passes a step; null means 1
 * @param warmupRatio warm-up as a share of the steps, in place of {@code warmupSteps}, which is 0
 *     then; null for none
 * @param decay what an {@link Schedule#EXPONENTIAL} schedule multiplies the rate with after each
 *     epoch; null means the paper's 0.95
 */
public record StageSpec(
    int steps,
    int batchSize,
    double learningRate,
    Schedule schedule,
    int warmupSteps,
    OptimizerSpec optimizer,
    Integer epochs,
    Integer accumulation,
    Double warmupRatio,
    Double decay) {
  private static final double PAPER_DECAY = 0.95;

  public StageSpec {
    Require.atLeast("steps", steps, 0);
    Require.atLeast("batchSize", batchSize, 1);
    Require.within("learningRate", learningRate, 0, 1);
    Require.present("schedule", schedule);
    Require.atLeast("warmupSteps", warmupSteps, 0);
    Require.present("optimizer", optimizer);
    if (epochs != null) {
      Require.atLeast("epochs", epochs, 1);
      requireZero("steps", steps, "epochs");
    }
    if (accumulation != null) {
      Require.atLeast("accumulation", accumulation, 1);
    }
    if (warmupRatio != null) {
      Require.within("warmupRatio", warmupRatio, 0, 1);
      requireZero("warmupSteps", warmupSteps, "warmupRatio");
    }
    if (decay != null) {
      Require.within("decay", decay, 0, 1);
    }
  }

  /** A stage that counts steps, with one forward pass each. */
  public StageSpec(
      int steps,
      int batchSize,
      double learningRate,
      Schedule schedule,
      int warmupSteps,
      OptimizerSpec optimizer) {
    this(steps, batchSize, learningRate, schedule, warmupSteps, optimizer, null, null, null, null);
  }

  /** The same stage with this number of steps instead of its own, or of its epochs. */
  public StageSpec withSteps(int newSteps) {
    return new StageSpec(
        newSteps,
        batchSize,
        learningRate,
        schedule,
        warmupSteps,
        optimizer,
        null,
        accumulation,
        warmupRatio,
        decay);
  }

  /** Whether the stage takes no step. */
  public boolean skipped() {
    return steps == 0 && epochs == null;
  }

  /** Forward passes a step. */
  public int passes() {
    return accumulation == null ? 1 : accumulation;
  }

  /** Examples a step. */
  public int examplesPerStep() {
    return batchSize * passes();
  }

  /** What an exponential schedule multiplies the rate with after each epoch. */
  public double decayPerEpoch() {
    return decay == null ? PAPER_DECAY : decay;
  }

  private static void requireZero(String field, int value, String other) {
    if (value != 0) {
      throw new InvalidRecordException(field, value, "0, because " + other + " is given");
    }
  }

  /** How the learning rate moves after warm-up. */
  public enum Schedule {
    CONSTANT,
    /** Half a cosine down to 0 at the last step. */
    COSINE,
    /** The same within an epoch, multiplied by {@code decay} after each. */
    EXPONENTIAL
  }
}
