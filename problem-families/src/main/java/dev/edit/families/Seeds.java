package dev.edit.families;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Separate streams of random numbers from one seed: a stream is named by words, and streams of
 * different names are unrelated. The numbers are the same on every Java version ({@link Random} is
 * specified bit for bit).
 */
public final class Seeds {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Seeds() {}

  /** A stream of its own for a seed and a name. */
  public static Random stream(long seed, String... name) {
    return new Random(hash(seed, name));
  }

  /** A number that is spread evenly over all longs, from a seed and a name. */
  public static long hash(long seed, String... name) {
    long hash = mix(seed ^ FNV_OFFSET);
    for (String word : name) {
      for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
        hash = (hash ^ (b & 0xff)) * FNV_PRIME;
      }
      // Ends the word, so that ("ab", "c") and ("a", "bc") differ.
      hash = mix(hash + 1);
    }
    return hash;
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
