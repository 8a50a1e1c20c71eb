package dev.edit.student.objective;

import java.util.List;

/**
 * One task of several that are learned together.
 *
 * @param weight of the task's loss in the sum, positive
 * @param examples at least one
 */
public record WeightedTask(double weight, List<Example> examples) {

  /** Checks both. */
  public WeightedTask {
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "task: weight is " + weight + ", expected a positive number");
    }
    examples = List.copyOf(examples);
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("task: no examples, expected at least one");
    }
  }
}
