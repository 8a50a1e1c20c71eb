package dev.edit.student;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Continues prompts with a cache of keys and values, many rows at a time. A row that has ended
 * leaves its slot to the next prompt: none waits for the slowest row of a batch. A prompt's
 * continuation does not depend on the prompts beside it.
 *
 * <p>Rows advance a few tokens per native call; between calls rows end and prompts are read into
 * free slots, those of like length together. Memory: {@code 8 L S K E} bytes a slot for L layers, K
 * key/value heads of size E and S cells, the longest prompt plus the most new tokens; at most
 * {@link DecodingSettings#cacheBytes()} for all slots, but for a single one that needs more.
 */
public final class ContinuousDecoder {
  /** Tokens per native call: a row that ended in the middle idles for the rest. */
  private static final int TOKENS_PER_CALL = 8;

  /** Prompts are read when one slot in so many is free: a call for few costs as one for many. */
  private static final int FREE_SHARE = 8;

  /** Tokens, with padding, of the prompts that are read at once. */
  private static final int PROMPT_TOKENS = 8192;

  private final DecodingSettings settings;
  private final KeyValueCache cache;
  private final Deque<DecodedRow> waiting;
  private final List<DecodedRow> slots;
  private final Continuation[] results;

  private ContinuousDecoder(
      DecodingSettings settings, KeyValueCache cache, Deque<DecodedRow> waiting, int slots) {
    this.settings = settings;
    this.cache = cache;
    this.waiting = waiting;
    this.slots = new ArrayList<>(Collections.nCopies(slots, null));
    results = new Continuation[waiting.size()];
  }

  /**
   * Continuations in the order of {@code prompts}.
   *
   * @param prompts token ids, each at least one and fewer than the student's positions
   * @param seeds of the draws, one per prompt: the same prompt and seed give the same continuation;
   *     of no effect where nothing is drawn
   * @throws IllegalArgumentException names the prompt's index and what was expected
   */
  public static List<Continuation> decode(
      Student student, List<int[]> prompts, long[] seeds, DecodingSettings settings) {
    if (seeds.length != prompts.size()) {
      throw new IllegalArgumentException(
          "seeds: expected one for each of %d prompts, got %d"
              .formatted(prompts.size(), seeds.length));
    }
    StudentConfig config = student.config();
    List<DecodedRow> rows = new ArrayList<>();
    int cells = 0;
    for (int i = 0; i < prompts.size(); i++) {
      checkRoom(config, i, prompts.get(i));
      int length = prompts.get(i).length;
      int limit = Math.min(settings.maxNewTokens(), config.longestRow() - length);
      Draws draws = settings.sampling().random() ? new Draws(seeds[i]) : null;
      rows.add(new DecodedRow(i, prompts.get(i), limit, draws));
      cells = Math.max(cells, length + limit);
    }
    if (rows.isEmpty()) {
      return List.of();
    }
    // Neighbours of like length share a call without much padding. Long prompts tend to have long
    // continuations: those that come last, when slots run empty, are short.
    rows.sort(Comparator.comparingInt((DecodedRow row) -> row.prompt().length).reversed());
    long fit = settings.cacheBytes() / KeyValueCache.slotBytes(config, cells);
    int slots = (int) Math.max(1, Math.min(fit, Math.min(settings.slots(), rows.size())));
    try (KeyValueCache cache = new KeyValueCache(student, settings, slots, cells)) {
      return new ContinuousDecoder(settings, cache, new ArrayDeque<>(rows), slots).run();
    }
  }

  private static void checkRoom(StudentConfig config, int index, int[] prompt) {
    PackedRows.checkRow(config, index, prompt);
    if (prompt.length == config.longestRow()) {
      throw new IllegalArgumentException(
          "prompt %d has %d tokens, as many as max_position_embeddings: no place for a continuation"
              .formatted(index, prompt.length));
    }
  }

  private List<Continuation> run() {
    int running = 0;
    while (running > 0 || !waiting.isEmpty()) {
      int free = slots.size() - running;
      if (!waiting.isEmpty() && free >= Math.max(1, slots.size() / FREE_SHARE)) {
        refill();
      } else if (waiting.isEmpty() && 4 * running <= 3 * slots.size()) {
        shrink();
      }
      if (slots.stream().anyMatch(Objects::nonNull)) {
        extend();
      }
      running = (int) slots.stream().filter(Objects::nonNull).count();
    }
    return Arrays.asList(results);
  }

  private void refill() {
    int[] free = IntStream.range(0, slots.size()).filter(slot -> slots.get(slot) == null).toArray();
    int next = 0;
    while (next < free.length && !waiting.isEmpty()) {
      List<DecodedRow> rows = new ArrayList<>();
      int from = next;
      do {
        rows.add(waiting.remove());
        next++;
      } while (next < free.length
          && !waiting.isEmpty()
          && (rows.size() + 1L) * rows.get(0).prompt().length <= PROMPT_TOKENS);
      long[] first = cache.admit(rows, Arrays.copyOfRange(free, from, next));
      for (int i = 0; i < rows.size(); i++) {
        slots.set(free[from + i], rows.get(i));
        take(free[from + i], first, i, i + 1);
      }
    }
  }

  private void extend() {
    int most =
        slots.stream().filter(Objects::nonNull).mapToInt(DecodedRow::left).max().orElseThrow();
    int count = Math.min(most, TOKENS_PER_CALL);
    long[] tokens = cache.extend(slots, count);
    for (int slot = 0; slot < slots.size(); slot++) {
      if (slots.get(slot) != null) {
        take(slot, tokens, slot * count, (slot + 1) * count);
      }
    }
  }

  private void take(int slot, long[] cells, int from, int to) {
    DecodedRow row = slots.get(slot);
    row.take(cells, from, to, settings.endTokens(), settings.stop());
    if (row.ended()) {
      results[row.index()] = row.continuation();
      slots.set(slot, null);
    }
  }

  /** Leaves the empty slots out of the calls to come. */
  private void shrink() {
    int[] kept = IntStream.range(0, slots.size()).filter(slot -> slots.get(slot) != null).toArray();
    List<DecodedRow> rows = Arrays.stream(kept).mapToObj(slots::get).toList();
    int used = rows.stream().mapToInt(DecodedRow::cached).max().orElse(0);
    if (used > 0) {
      cache.keep(kept, used);
    }
    slots.clear();
    slots.addAll(rows);
  }
}
