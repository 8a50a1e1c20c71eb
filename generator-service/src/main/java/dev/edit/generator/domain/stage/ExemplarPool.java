package dev.edit.generator.domain.stage;

import dev.edit.contracts.DualCot;
import dev.edit.contracts.DualCot.Origin;
import dev.edit.prompts.Exemplar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32C;

/**
 * The teacher's own rectified pairs, by task.
 *
 * <p>A sample is drawn by rendezvous hashing: the pairs whose hash together with the problem's id
 * is smallest. So it depends on which pairs are known and not on the order in which they came,
 * every worker that knows the same pairs draws the same, and another pair seldom changes it. A task
 * keeps at most {@code capacity} pairs, those with the smallest hashes of their own. Thread-safe.
 */
public final class ExemplarPool {
  private final int enough;
  private final int capacity;
  private final Map<String, Task> tasks = new HashMap<>();

  /**
   * An empty pool.
   *
   * @param enough pairs from which {@link #ready} holds
   * @param capacity pairs kept for each task; bounds memory
   */
  public ExemplarPool(int enough, int capacity) {
    this.enough = enough;
    this.capacity = capacity;
  }

  /** Takes in a rectified pair; other dual chains of thought are none of the pool's. */
  public void add(DualCot dual) {
    if (dual.origin() != Origin.RECTIFIED || dual.wrong() == null) {
      return;
    }
    Task task;
    boolean full;
    synchronized (this) {
      task = task(dual.problem().task());
      task.put(dual, capacity);
      full = task.pairs.size() >= enough;
    }
    if (full) {
      task.ready.complete(null);
    }
  }

  /** Completes when the task has enough pairs; maybe never. */
  public synchronized CompletionStage<Void> ready(String task) {
    return task(task).ready;
  }

  /** Up to {@code count} pairs of the task, none of them of the problem itself. */
  public synchronized List<Exemplar> sample(String task, String problemId, int count) {
    return task(task).pairs.values().stream()
        .filter(pair -> !pair.problemId.equals(problemId))
        .map(pair -> new Drawn(hash(problemId + "\n" + pair.problemId), pair))
        .sorted(Comparator.comparingLong(Drawn::hash))
        .limit(count)
        .map(drawn -> drawn.pair.exemplar)
        .toList();
  }

  private Task task(String name) {
    return tasks.computeIfAbsent(name, n -> new Task());
  }

  /** A well-mixed 64-bit hash, the same in every process. */
  static long hash(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    long mixed = crc.getValue() * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return mixed ^ (mixed >>> 32);
  }

  private record Pair(String problemId, Exemplar exemplar) {}

  /** A pair's hash together with a problem's: computed once, and not in each comparison. */
  private record Drawn(long hash, Pair pair) {}

  private static final class Task {
    private final TreeMap<Rank, Pair> pairs = new TreeMap<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private void put(DualCot dual, int capacity) {
      String id = dual.problem().id();
      Exemplar exemplar =
          new Exemplar(dual.problem().question(), dual.right().text(), dual.wrong().text());
      pairs.put(new Rank(hash(id), id), new Pair(id, exemplar));
      if (pairs.size() > capacity) {
        pairs.pollLastEntry();
      }
    }
  }

  private record Rank(long hash, String id) implements Comparable<Rank> {
    @Override
    public int compareTo(Rank other) {
      int byHash = Long.compare(hash, other.hash);
      return byHash != 0 ? byHash : id.compareTo(other.id);
    }
  }

  /** How many pairs each task has; for metrics and tests. */
  public synchronized Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new TreeMap<>();
    for (String name : new ArrayList<>(tasks.keySet())) {
      sizes.put(name, tasks.get(name).pairs.size());
    }
    return sizes;
  }
}
