package dev.edit.evaluator.domain.console;

import java.util.Arrays;

/**
 * Numbers ids in the order in which they first come, 0, 1, 2, ..., and keeps a 64-bit hash of each
 * instead of its text: 16 to 32 bytes an id. Two of a million different ids share a hash with
 * probability 3e-8; they would then count as one.
 *
 * <p>Open addressing with linear probing, at most three quarters full.
 */
final class IdTable {
  private static final int SMALLEST = 1 << 10;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private long[] hashes = new long[SMALLEST];
  private int[] numbers = empty(SMALLEST);
  private int size;

  /** How many ids came. */
  int size() {
    return size;
  }

  /** The id's number, or -1 where it has not come yet. */
  int find(String id) {
    return numbers[slot(hash(id))];
  }

  /** The id's number; a new id gets the next one. */
  int number(String id) {
    long hash = hash(id);
    int slot = slot(hash);
    if (numbers[slot] < 0) {
      if (4L * (size + 1) > 3L * hashes.length) {
        grow();
        slot = slot(hash);
      }
      hashes[slot] = hash;
      numbers[slot] = size++;
    }
    return numbers[slot];
  }

  private int slot(long hash) {
    int mask = hashes.length - 1;
    int slot = (int) hash & mask;
    while (numbers[slot] >= 0 && hashes[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldNumbers = numbers;
    hashes = new long[2 * oldHashes.length];
    numbers = empty(hashes.length);
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldNumbers[i] >= 0) {
        int slot = slot(oldHashes[i]);
        hashes[slot] = oldHashes[i];
        numbers[slot] = oldNumbers[i];
      }
    }
  }

  private static int[] empty(int length) {
    int[] numbers = new int[length];
    Arrays.fill(numbers, -1);
    return numbers;
  }

  /** FNV-1a over the characters, its bits then mixed (the finalizer of MurmurHash3). */
  private static long hash(String id) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
