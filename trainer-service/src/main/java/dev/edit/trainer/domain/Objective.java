package dev.edit.trainer.domain;

import dev.edit.contracts.recipe.KrslSpec;

/** What a stage lowers. */
public sealed interface Objective {

  /** Mean NLL of the right side's response tokens (method, section 4, stage 1). */
  record Sft() implements Objective {}

  /**
   * Key reasoning step learning on pairs (method, section 4, stage 2).
   *
   * @param weights alpha, beta, gamma and the ceiling
   */
  record Krsl(KrslSpec weights) implements Objective {}
}
