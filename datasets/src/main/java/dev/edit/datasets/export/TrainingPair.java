package dev.edit.datasets.export;

import dev.edit.contracts.DualCot;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
import java.util.Optional;

/**
 * What a training format takes of a dual chain of thought or of its key steps.
 *
 * @param problem the problem
 * @param right the right chain of thought
 * @param wrong the wrong one; null where there is none
 * @param origin which of them the teacher wrote first
 * @param mistake the wrong side's mistake pattern; null where it was not mined
 * @param teacher the model that wrote the right side; null where the record does not say
 */
record TrainingPair(
    Problem problem, String right, String wrong, String origin, String mistake, String teacher) {

  static TrainingPair of(DualCot dual) {
    return new TrainingPair(
        dual.problem(),
        dual.right().text(),
        dual.dual().map(DualCot.Side::text).orElse(null),
        dual.origin().name(),
        dual.mistake() == null ? null : dual.mistake().toString(),
        dual.right().usage().model());
  }

  static TrainingPair of(KeySteps steps) {
    return new TrainingPair(
        steps.problem(),
        steps.right().text(),
        steps.dual().map(KeySteps.Side::text).orElse(null),
        steps.origin().name(),
        steps.mistake() == null ? null : steps.mistake().toString(),
        null);
  }

  Optional<String> dual() {
    return Optional.ofNullable(wrong);
  }
}
