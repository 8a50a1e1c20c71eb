package dev.edit.prompts;

import dev.edit.contracts.Require;

/**
 * A question that a person has reasoned about.
 *
 * @param question the question
 * @param answer the gold answer
 * @param rationale the chain of thought, which ends in the answer sentence
 */
public record Example(String question, String answer, String rationale) {
  public Example {
    Require.text("question", question);
    Require.text("answer", answer);
    Require.text("rationale", rationale);
  }
}
