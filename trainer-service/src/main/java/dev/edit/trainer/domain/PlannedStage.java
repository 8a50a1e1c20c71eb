package dev.edit.trainer.domain;

import dev.edit.contracts.recipe.StageSpec;
import java.util.List;

/**
 * A stage as it will run.
 *
 * @param name names its events and its checkpoint's folder
 * @param objective what it lowers
 * @param spec batch and rates; its steps are counted, whether the run said steps or epochs
 * @param items what it reads, at least one
 * @param last whether the run ends with it
 */
public record PlannedStage(
    String name, Objective objective, StageSpec spec, List<Item> items, boolean last) {
  public PlannedStage {
    items = List.copyOf(items);
    if (spec.epochs() != null) {
      spec = spec.withSteps(spec.epochs() * stepsPerEpoch(items.size(), spec));
    }
  }

  /** Steps that one pass over the items takes; the last one of a pass may read fewer. */
  public int stepsPerEpoch() {
    return stepsPerEpoch(items.size(), spec);
  }

  private static int stepsPerEpoch(int items, StageSpec spec) {
    return Math.max(1, (items + spec.examplesPerStep() - 1) / spec.examplesPerStep());
  }
}
