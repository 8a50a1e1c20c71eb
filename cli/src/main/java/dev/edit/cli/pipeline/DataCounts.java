package dev.edit.cli.pipeline;

/**
 * How far the data stages are, in distinct problems.
 *
 * @param published train problems
 * @param right annotated, right
 * @param wrong annotated, wrong
 * @param dual with a dual chain of thought
 * @param alone with a right chain of thought only
 * @param keySteps with a key-step record
 * @param dead dead-lettered
 */
public record DataCounts(
    int published, int right, int wrong, int dual, int alone, int keySteps, int dead) {
  /** Problems whose annotation has ended. */
  public int annotated() {
    return Math.min(published, right + wrong + dead);
  }

  /** Problems that are dual, alone or dead. */
  public int paired() {
    return Math.min(published, dual + alone + dead);
  }

  /** Problems that have ended. */
  public int ended() {
    return Math.min(published, keySteps + dead);
  }
}
