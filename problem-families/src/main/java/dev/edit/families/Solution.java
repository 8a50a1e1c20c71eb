package dev.edit.families;

import java.util.List;
import java.util.Optional;

/**
 * A chain of thought for a puzzle.
 *
 * @param steps one line for each step, without line breaks
 * @param answer what the last step leads to
 * @param slip the one mistake in it, empty where it is right
 */
public record Solution(List<String> steps, String answer, Optional<Mistake> slip) {

  public Solution {
    steps = List.copyOf(steps);
  }

  /** The step lines and the answer sentence, one to a line, without a final line break. */
  public String text() {
    return String.join("\n", steps) + "\nTherefore, the answer is " + answer + ".";
  }
}
