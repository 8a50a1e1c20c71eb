package dev.edit.alignment;

import java.util.Random;

/** Random token sequences and random edits of them. */
final class SampleSequences {

  private SampleSequences() {}

  /** Tokens 0 to {@code letters} - 1, each as likely. */
  static int[] draw(Random random, int length, int letters) {
    return random.ints(length, 0, letters).toArray();
  }

  /** A copy with that many random inserts, deletes and replaces in random places. */
  static int[] edit(Random random, int[] from, int edits, int letters) {
    int[] to = from;
    for (int e = 0; e < edits; e++) {
      int at = random.nextInt(to.length + 1);
      int kind = random.nextInt(3);
      int taken = kind == 0 || at == to.length ? 0 : 1;
      int given = kind == 1 ? 0 : 1;
      int[] next = new int[to.length - taken + given];
      System.arraycopy(to, 0, next, 0, at);
      if (given == 1) {
        next[at] = random.nextInt(letters);
      }
      System.arraycopy(to, at + taken, next, at + given, to.length - at - taken);
      to = next;
    }
    return to;
  }
}
