package dev.edit.evaluator.domain;

import dev.edit.contracts.Checkpoint;

/** Where respondents come from. */
@FunctionalInterface
public interface Respondents {

  /**
   * The student of a checkpoint.
   *
   * @throws UnusableCheckpointException where its folder is missing, damaged or no student
   * @throws StoreAwayException where what keeps it does not answer
   */
  Respondent open(Checkpoint checkpoint);
}
