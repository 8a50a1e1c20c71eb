package dev.edit.evaluator.domain;

/**
 * What a student wrote.
 *
 * @param text without special tokens
 * @param finish how it ended
 */
public record Response(String text, Finish finish) {

  /** How a response ended. */
  public enum Finish {
    /** By itself, or where nothing that followed could change its grade. */
    STOP,
    /** At the longest response, or where the prompt left no room for one. */
    LENGTH
  }

  /** Whether it was cut. */
  public boolean truncated() {
    return finish == Finish.LENGTH;
  }
}
