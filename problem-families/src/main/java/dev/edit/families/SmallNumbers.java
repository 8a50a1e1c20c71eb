package dev.edit.families;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sums that stay within 0 to 20, so that every number is a token that a tiny student meets. */
final class SmallNumbers {
  static final int LARGEST = 20;

  private SmallNumbers() {}

  static boolean within(int value) {
    return value >= 0 && value <= LARGEST;
  }

  /**
   * A change to a value: up or down by 1 to {@code most}, evenly among those that stay within.
   *
   * @return positive or negative, never 0
   */
  static int change(Random random, int value, int most) {
    List<Integer> changes = new ArrayList<>();
    for (int by = 1; by <= most; by++) {
      if (within(value + by)) {
        changes.add(by);
      }
      if (within(value - by)) {
        changes.add(-by);
      }
    }
    return changes.get(random.nextInt(changes.size()));
  }

  /** A sum as text, such as {@code 8 - 3 = 5}. */
  static String sum(int value, int change, int result) {
    return value + " " + signed(change) + " = " + result;
  }

  /** A change as text, such as {@code - 3}. */
  static String signed(int change) {
    return (change < 0 ? "- " : "+ ") + Math.abs(change);
  }

  /** Results that a slip of the pen gives instead of the right one: one or two off. */
  static List<Integer> miscounts(int result) {
    return List.of(-2, -1, 1, 2).stream()
        .map(off -> result + off)
        .filter(SmallNumbers::within)
        .toList();
  }

  static int difficulty(int difficulty, int hardest) {
    if (difficulty < 1 || difficulty > hardest) {
      throw new IllegalArgumentException(
          "difficulty: expected 1 to " + hardest + ", got " + difficulty);
    }
    return difficulty;
  }
}
