package dev.edit.trainer.domain;

import dev.edit.contracts.recipe.KrslSpec;

/** What a stage lowers. */
public sealed interface Objective {

  /** Mean NLL of the marked tokens of a batch (method, section 4, stage 1). */
  record Sft() implements Objective {}

  /**
   * Two tasks at once: {@code answerWeight} times the mean NLL of the second responses' tokens, and
   * the rest times that of the first responses'.
   *
   * @param answerWeight in [0, 1]
   */
  record MultiTask(double answerWeight) implements Objective {}

  /**
   * Key reasoning step learning on pairs (method, section 4, stage 2).
   *
   * @param weights alpha, beta, gamma, the ceiling and the normalisation
   */
  record Krsl(KrslSpec weights) implements Objective {}

  /**
   * Direct preference optimization on pairs: the mean of {@code -log sigmoid(beta * ((log p(right)
   * - ref(right)) - (log p(wrong) - ref(wrong))))}, the reference being the student at the stage's
   * start.
   *
   * @param beta how strongly the student is held to its reference
   */
  record Dpo(double beta) implements Objective {}

  /** Whether an example is a pair of a right and a wrong side. */
  default boolean onPairs() {
    return this instanceof Krsl || this instanceof Dpo;
  }
}
