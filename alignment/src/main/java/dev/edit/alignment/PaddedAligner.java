package dev.edit.alignment;

import java.util.Arrays;

/**
 * Decorator that pads both sequences with token 0 to {@value #LENGTH} before they are aligned, as
 * the authors' released scripts do.
 *
 * <p>Padding counts a difference in length twice and can make identical tails key; it is offered to
 * reproduce published masks, not because it is better. Key positions inside the padding are
 * dropped. The distance is that of the padded sequences; the similarity still divides by the longer
 * real response, and is 0 where the distance exceeds that.
 */
final class PaddedAligner implements KeyStepAligner {

  static final int LENGTH = 1024;

  private final KeyStepAligner inner;

  PaddedAligner(KeyStepAligner inner) {
    this.inner = inner;
  }

  @Override
  public KeyMasks align(int[] right, int[] wrong, int promptLength) {
    requireFits("right", right);
    requireFits("wrong", wrong);
    CommonPrefix.length(right, wrong, promptLength);
    KeyMasks padded =
        inner.align(Arrays.copyOf(right, LENGTH), Arrays.copyOf(wrong, LENGTH), promptLength);
    return KeyMasks.of(
        padded.rightKey().before(right.length),
        padded.wrongKey().before(wrong.length),
        padded.distance(),
        right.length - promptLength,
        wrong.length - promptLength);
  }

  private static void requireFits(String side, int[] sequence) {
    if (sequence.length > LENGTH) {
      throw new IllegalArgumentException(
          side
              + ": expected at most "
              + LENGTH
              + " tokens under rule reference-padded, got "
              + sequence.length);
    }
  }
}
