package dev.edit.contracts.recipe;

import dev.edit.contracts.Require;

/**
 * All that a recipe leaves open.
 *
 * @param sft the SFT stage
 * @param krsl the KRSL stage; recipes without one spend its steps on SFT when {@code equalSteps}
 *     says so; null for none
 * @param keySteps the KRSL weights; null for none
 * @param maxLength longest prompt + response in tokens; longer ones are left out and counted, never
 *     cut
 * @param equalSteps whether recipes without a second stage spend the KRSL stage's steps on further
 *     SFT, with that stage's settings, so that every recipe takes the same number of gradient steps
 * @param dpo the DPO stage; null for none
 * @param taskWeight of the multi-task recipes, the weight of the answer; the chain of thought has
 *     the rest; null means one half
 * @param lora trains an adapter instead of all weights; null for full training
 * @param precision of the forward and backward pass; null means {@link Precision#FP32}
 * @param keepBest keeps the best epoch of a stage; null keeps the last
 * @param memory how memory is spared; null means {@link MemorySpec#NONE}
 */
public record Hyperparameters(
    StageSpec sft,
    StageSpec krsl,
    KrslSpec keySteps,
    int maxLength,
    boolean equalSteps,
    DpoSpec dpo,
    Double taskWeight,
    LoraSpec lora,
    Precision precision,
    KeepBestSpec keepBest,
    MemorySpec memory) {
  private static final double ONE_HALF = 0.5;

  public Hyperparameters {
    Require.present("sft", sft);
    Require.atLeast("maxLength", maxLength, 8);
    if (taskWeight != null) {
      Require.within("taskWeight", taskWeight, 0, 1);
    }
  }

  /** Full training in fp32 by SFT and KRSL, the last step kept. */
  public Hyperparameters(
      StageSpec sft, StageSpec krsl, KrslSpec keySteps, int maxLength, boolean equalSteps) {
    this(sft, krsl, keySteps, maxLength, equalSteps, null, null, null, null, null, null);
  }

  /** These with memory spared in another way. */
  public Hyperparameters withMemory(MemorySpec other) {
    return new Hyperparameters(
        sft,
        krsl,
        keySteps,
        maxLength,
        equalSteps,
        dpo,
        taskWeight,
        lora,
        precision,
        keepBest,
        other);
  }

  /** How memory is spared. */
  public MemorySpec memoryOrNone() {
    return memory == null ? MemorySpec.NONE : memory;
  }

  /** The weight of a multi-task recipe's answer. */
  public double answerWeight() {
    return taskWeight == null ? ONE_HALF : taskWeight;
  }

  /** What the forward and backward pass compute in. */
  public Precision computePrecision() {
    return precision == null ? Precision.FP32 : precision;
  }

  /** A number format; weights and moments are kept in fp32 either way. */
  public enum Precision {
    FP32,
    BF16
  }
}
