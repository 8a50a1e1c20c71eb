package dev.edit.tokenizer;

import java.util.Arrays;

/**
 * The tokens that a file's template puts in front of and behind every text.
 *
 * @param before ids in front
 * @param after ids behind
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Frame(int[] before, int[] after) {

  /** A tokenizer's frame as two texts show it; null where they show two. */
  static Frame of(Tokenizer tokenizer) {
    Frame one = around("a", tokenizer);
    Frame other = around("So it is.", tokenizer);
    boolean same =
        one != null
            && other != null
            && Arrays.equals(one.before, other.before)
            && Arrays.equals(one.after, other.after);
    return same ? one : null;
  }

  private static Frame around(String text, Tokenizer tokenizer) {
    int[] bare = tokenizer.encodeByLibrary(text, false).ids();
    int[] framed = tokenizer.encodeByLibrary(text, true).ids();
    for (int at = 0; at + bare.length <= framed.length; at++) {
      if (Arrays.equals(framed, at, at + bare.length, bare, 0, bare.length)) {
        return new Frame(
            Arrays.copyOf(framed, at), Arrays.copyOfRange(framed, at + bare.length, framed.length));
      }
    }
    return null;
  }

  /** A text's tokens in this frame, whose tokens stand for no characters. */
  Encoding around(Encoding text) {
    if (before.length + after.length == 0) {
      return text;
    }
    int length = before.length + text.length() + after.length;
    int[] ids = Arrays.copyOf(before, length);
    int[] start = new int[length];
    int[] end = new int[length];
    System.arraycopy(text.ids(), 0, ids, before.length, text.length());
    System.arraycopy(text.charStart(), 0, start, before.length, text.length());
    System.arraycopy(text.charEnd(), 0, end, before.length, text.length());
    System.arraycopy(after, 0, ids, before.length + text.length(), after.length);
    return new Encoding(ids, start, end);
  }
}
