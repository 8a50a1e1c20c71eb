package dev.edit.families;

import java.util.List;

/**
 * The words that step lines start with. They vary a little from question to question and are the
 * same for every solution of one question, right or wrong, so that they never mark a mistake.
 *
 * @param later the word before every step but the first
 */
record Wording(String later) {
  private static final String FIRST = "First";
  private static final List<String> LATER = List.of("Then", "Next");

  /** The wording of a question's solutions. */
  static Wording of(String question) {
    long hash = Seeds.hash(0, "wording", question);
    return new Wording(LATER.get((int) Math.floorMod(hash, (long) LATER.size())));
  }

  /** A step's line with its word in front. */
  String line(int step, String text) {
    return (step == 0 ? FIRST : later) + " " + text;
  }
}
