package dev.edit.trainer.domain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Batches without end: every epoch visits every example once, in an order that the seed, the
 * stage's name and the epoch decide alone.
 *
 * <p>An epoch is shuffled and cut into windows of {@value #WINDOW} batches; inside a window,
 * examples of like length share a batch, which saves padding, and the batches are shuffled again.
 * The last batch of an epoch may be smaller.
 */
public final class EpochBatches {
  private static final int WINDOW = 16;

  private final List<Item> examples;
  private final int batchSize;
  private final long seed;
  private final Deque<List<Item>> ready = new ArrayDeque<>();
  private int epoch;

  /**
   * @param examples at least one, in an order that is the same every time
   * @param seed of the run
   * @param stage keeps the orders of two stages apart
   */
  public EpochBatches(List<Item> examples, int batchSize, long seed, String stage) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("examples: expected at least one, got none");
    }
    this.examples = List.copyOf(examples);
    this.batchSize = batchSize;
    this.seed = new SplittableRandom(seed).nextLong() ^ stage.hashCode();
  }

  /** Passes over batches that were read before. */
  public void skip(int batches) {
    for (int i = 0; i < batches; i++) {
      next();
    }
  }

  /** The next batch, never empty. */
  public List<Item> next() {
    if (ready.isEmpty()) {
      fill(new Random(new SplittableRandom(seed + epoch).nextLong()));
      epoch++;
    }
    return ready.removeFirst();
  }

  private void fill(Random random) {
    List<Item> order = new ArrayList<>(examples);
    Collections.shuffle(order, random);
    int window = WINDOW * batchSize;
    for (int from = 0; from < order.size(); from += window) {
      List<Item> alike =
          new ArrayList<>(order.subList(from, Math.min(order.size(), from + window)));
      alike.sort(Comparator.comparingInt(EpochBatches::length));
      List<List<Item>> batches = new ArrayList<>();
      for (int at = 0; at < alike.size(); at += batchSize) {
        batches.add(List.copyOf(alike.subList(at, Math.min(alike.size(), at + batchSize))));
      }
      Collections.shuffle(batches, random);
      ready.addAll(batches);
    }
  }

  private static int length(Item item) {
    return item.first().length();
  }
}
