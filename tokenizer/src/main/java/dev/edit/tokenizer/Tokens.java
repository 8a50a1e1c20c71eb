package dev.edit.tokenizer;

import java.util.Arrays;

/** A text's tokens while they are collected. */
final class Tokens {
  private int[] ids;
  private int[] start;
  private int[] end;
  private int count;

  /** Room for a text of that many characters; it grows where that is not enough. */
  Tokens(int characters) {
    int room = 8 + characters / 2;
    ids = new int[room];
    start = new int[room];
    end = new int[room];
  }

  /** Adds the tokens of a part of the text that starts at character {@code offset}. */
  void add(Encoding part, int offset) {
    add(packed(part), offset);
  }

  /** Adds tokens as {@link #packed} gives them. */
  void add(int[] part, int offset) {
    if (3 * count + part.length > 3 * ids.length) {
      grow(count + part.length / 3);
    }
    int at = count;
    for (int i = 0; i < part.length; i += 3) {
      ids[at] = part[i];
      start[at] = offset + part[i + 1];
      end[at++] = offset + part[i + 2];
    }
    count = at;
  }

  /** Id, start and end of each token in turn: of few tokens that is read at once. */
  static int[] packed(Encoding tokens) {
    int[] packed = new int[3 * tokens.length()];
    for (int t = 0; t < tokens.length(); t++) {
      packed[3 * t] = tokens.ids()[t];
      packed[3 * t + 1] = tokens.charStart()[t];
      packed[3 * t + 2] = tokens.charEnd()[t];
    }
    return packed;
  }

  private void grow(int least) {
    int room = Math.max(2 * ids.length, least);
    ids = Arrays.copyOf(ids, room);
    start = Arrays.copyOf(start, room);
    end = Arrays.copyOf(end, room);
  }

  Encoding encoding() {
    return new Encoding(
        Arrays.copyOf(ids, count), Arrays.copyOf(start, count), Arrays.copyOf(end, count));
  }
}
