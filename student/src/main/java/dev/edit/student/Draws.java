package dev.edit.student;

import java.util.SplittableRandom;

/** The draws in [0, 1) of one continuation, one a token, from its own seed. */
final class Draws {
  /**
   * 24 bits each, so that a draw times a sum of probabilities stays below that sum in double
   * precision.
   */
  private static final double UNIT = 0x1p-24;

  private final SplittableRandom random;

  Draws(long seed) {
    random = new SplittableRandom(seed);
  }

  double next() {
    return (random.nextInt() >>> 8) * UNIT;
  }
}
