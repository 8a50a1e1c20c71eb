package dev.edit.alignment;

import java.util.Arrays;

/** The part that the sequences of a pair share at their start, which no rule aligns. */
final class CommonPrefix {

  private CommonPrefix() {}

  /**
   * Length of the common prefix.
   *
   * @throws IllegalArgumentException if it does not hold the whole prompt
   */
  static int length(int[] right, int[] wrong, int promptLength) {
    if (promptLength < 0 || promptLength > Math.min(right.length, wrong.length)) {
      throw new IllegalArgumentException(
          "promptLength: expected 0 to "
              + Math.min(right.length, wrong.length)
              + " (right has "
              + right.length
              + " tokens, wrong "
              + wrong.length
              + "), got "
              + promptLength);
    }
    int mismatch = Arrays.mismatch(right, wrong);
    if (mismatch < 0) {
      return right.length;
    }
    if (mismatch < promptLength) {
      throw new IllegalArgumentException(
          "wrong: expected the same prompt as right in its first "
              + promptLength
              + " tokens, got a difference at token "
              + mismatch);
    }
    return mismatch;
  }
}
