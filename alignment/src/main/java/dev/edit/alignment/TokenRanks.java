package dev.edit.alignment;

import java.util.Arrays;

/**
 * Ranks 1, 2, ... for the distinct tokens of one sequence, in the order they first occur; 0 for
 * every other token. An open hash table that is reused from pair to pair.
 */
final class TokenRanks {

  private int[] tokens = new int[256];
  private int[] ranks = new int[256];
  private int mask = 255;
  private int distinct;

  /** Forgets all tokens and makes room for {@code most} of them. */
  void reset(int most) {
    int capacity = Math.max(256, Integer.highestOneBit(Math.max(1, most)) << 2);
    if (capacity > tokens.length) {
      tokens = new int[capacity];
      ranks = new int[capacity];
    } else {
      Arrays.fill(ranks, 0, capacity, 0);
    }
    mask = capacity - 1;
    distinct = 0;
  }

  /** The rank of a token, given to it now if it has none. */
  int add(int token) {
    int at = slot(token);
    if (ranks[at] == 0) {
      tokens[at] = token;
      ranks[at] = ++distinct;
    }
    return ranks[at];
  }

  /** The rank of a token, 0 if it has none. */
  int of(int token) {
    return ranks[slot(token)];
  }

  private int slot(int token) {
    int hash = token * 0x9E3779B9;
    int at = (hash ^ (hash >>> 15)) & mask;
    while (ranks[at] != 0 && tokens[at] != token) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
