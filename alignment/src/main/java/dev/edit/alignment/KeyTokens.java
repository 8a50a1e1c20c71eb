package dev.edit.alignment;

/** One side's key tokens in decreasing order, as a walk finds them; reused from pair to pair. */
final class KeyTokens {

  private int[] tokens = new int[64];
  private int count;

  /** An array with room for {@code most} tokens, for a walk to write to. */
  int[] room(int most) {
    if (most > tokens.length) {
      tokens = new int[most];
    }
    return tokens;
  }

  /** The first {@code number} tokens in the array are the walk's. */
  void found(int number) {
    count = number;
  }

  /** What the last walk found. */
  KeySpans spans() {
    return KeySpans.ofDescending(tokens, count);
  }
}
