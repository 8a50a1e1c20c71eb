package dev.edit.prompts;

import dev.edit.contracts.Require;

/**
 * A question with a right and a wrong chain of thought, to lure a teacher into a likely mistake.
 */
public record Exemplar(String question, String right, String wrong) {
  public Exemplar {
    Require.text("question", question);
    Require.text("right", right);
    Require.text("wrong", wrong);
  }
}
