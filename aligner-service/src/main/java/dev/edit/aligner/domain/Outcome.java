package dev.edit.aligner.domain;

import dev.edit.contracts.KeySteps;

/** What becomes of a dual chain of thought: exactly one of these. */
public sealed interface Outcome {

  /** A record for the trainer. */
  record Aligned(KeySteps keySteps) implements Outcome {}

  /**
   * A dead letter.
   *
   * @param reason the gate it failed
   * @param message for people; figures, never the text
   */
  record Rejected(Rejection reason, String message) implements Outcome {}
}
