package dev.edit.datasets;

import dev.edit.contracts.Problem.Split;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which questions are trained on. */
public sealed interface SplitRule {

  /** As the data set's publisher, or the entry itself, says. */
  record Published() implements SplitRule {}

  /** All questions on one side. */
  record All(Split split) implements SplitRule {}

  /**
   * By lot, task by task.
   *
   * @param train parts that are trained on, at least 1
   * @param test parts that are held out, at least 1
   */
  record Ratio(int train, int test) implements SplitRule {
    private static final int MOST = 1000;

    public Ratio {
      if (train < 1 || test < 1 || train + test > MOST) {
        throw new IllegalArgumentException(
            "split: expected parts of at least 1 and together at most %d, but was %d:%d"
                .formatted(MOST, train, test));
      }
    }

    /** Of a task's first {@code n} questions, how many are held out. */
    long heldOut(long n) {
      return n - n * train / (train + test);
    }
  }

  /** A rule as users write it: {@code train}, {@code test}, or parts such as {@code 4:1}. */
  static SplitRule parse(String text) {
    if (text.equals("train") || text.equals("test")) {
      return new All(text.equals("train") ? Split.TRAIN : Split.TEST);
    }
    Matcher parts = Pattern.compile("([0-9]{1,4}):([0-9]{1,4})").matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "split: expected 'train', 'test' or parts such as 4:1, but was '" + text + "'");
    }
    return new Ratio(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
  }
}
