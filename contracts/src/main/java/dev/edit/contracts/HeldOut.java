package dev.edit.contracts;

import dev.edit.contracts.codec.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * Which problems a share holds out: a function of the problem's id and the share alone, so that all
 * runs with one share hold out the same problems, whatever their recipe, seed and offsets, and a
 * larger share holds out all that a smaller one does.
 */
public final class HeldOut {
  private static final int BITS = 53;

  private HeldOut() {}

  /** Whether a share in [0, 1] holds out a problem. */
  public static boolean holds(double share, String problem) {
    return place(problem) < share;
  }

  /** Where a problem stands in [0, 1): the lower, the smaller the share that holds it out. */
  public static double place(String problem) {
    String digest = Sha256.of(("held out: " + problem).getBytes(StandardCharsets.UTF_8));
    long bits = Long.parseUnsignedLong(digest.substring(0, 16), 16) >>> (Long.SIZE - BITS);
    return bits / (double) (1L << BITS);
  }
}
