package dev.edit.families;

import java.util.List;

/**
 * The word a step line starts with. It varies a little from question to question and is the same
 * for every solution of one question, right or wrong, so that it never marks a mistake.
 */
final class Wording {
  private static final List<String> LATER = List.of("Then", "Next");

  private Wording() {}

  /** "First" for step 0, and one word for all others. */
  static String lead(String question, int step) {
    if (step == 0) {
      return "First";
    }
    return LATER.get((int) Math.floorMod(Seeds.hash(0, "wording", question), (long) LATER.size()));
  }
}
