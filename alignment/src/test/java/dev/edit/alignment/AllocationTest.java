package dev.edit.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Per pair the kernel allocates its result and nothing else, once its tables have their size. */
class AllocationTest {
  private static final int PAIRS = 400;

  /** A KeyMasks, two KeySpans and the headers of their two arrays, each rounded up. */
  private static final long FIXED_BYTES = 48 + 2 * 24 + 2 * 24;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final KeyStepAligner aligner = new ReferenceAligner();

  @Test
  void shouldAllocateTheResultOnlyWhenPairsAreNearIdentical() {
    requireResultOnly(1_000, 50);
  }

  @Test
  void shouldAllocateTheResultOnlyWhenPairsAreDissimilar() {
    requireResultOnly(300, 280);
  }

  private void requireResultOnly(int length, int edits) {
    int[][][] pairs = new int[PAIRS][][];
    Random random = new Random(11);
    for (int i = 0; i < PAIRS; i++) {
      int[] right = SampleSequences.draw(random, length, 50);
      pairs[i] = new int[][] {right, SampleSequences.edit(random, right, edits, 50)};
    }
    long bounds = 0;
    for (int[][] pair : pairs) {
      KeyMasks masks = aligner.align(pair[0], pair[1]);
      bounds += FIXED_BYTES + 8L * (masks.rightKey().spanCount() + masks.wrongKey().spanCount());
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int[][] pair : pairs) {
      aligner.align(pair[0], pair[1]);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated)
        .as("bytes for %s pairs of %s tokens, seed 11", PAIRS, length)
        .isPositive()
        .isLessThanOrEqualTo(bounds);
  }
}
