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
    int[] partIds = part.ids();
    int[] partStart = part.charStart();
    int[] partEnd = part.charEnd();
    int length = partIds.length;
    int at = count;
    if (at + length > ids.length) {
      grow(at + length);
    }
    for (int t = 0; t < length; t++) {
      ids[at + t] = partIds[t];
      start[at + t] = offset + partStart[t];
      end[at + t] = offset + partEnd[t];
    }
    count = at + length;
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
