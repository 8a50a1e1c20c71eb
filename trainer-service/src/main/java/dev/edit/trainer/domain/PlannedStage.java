package dev.edit.trainer.domain;

import dev.edit.contracts.KeySteps;
import dev.edit.contracts.recipe.StageSpec;
import java.util.List;

/**
 * A stage as it will run.
 *
 * @param name names its events and its checkpoint's folder
 * @param objective what it lowers
 * @param spec steps, batch and rates
 * @param examples what it reads, at least one
 * @param last whether the run ends with it
 */
public record PlannedStage(
    String name, Objective objective, StageSpec spec, List<KeySteps> examples, boolean last) {
  public PlannedStage {
    examples = List.copyOf(examples);
  }

  /** Steps that one pass over the examples takes; the last one of a pass may read fewer. */
  public int stepsPerEpoch() {
    return Math.max(1, (examples.size() + spec.examplesPerStep() - 1) / spec.examplesPerStep());
  }
}
