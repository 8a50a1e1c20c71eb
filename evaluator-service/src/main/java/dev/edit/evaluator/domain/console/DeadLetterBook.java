package dev.edit.evaluator.domain.console;

import dev.edit.contracts.DeadLetter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many records ended without a result and why, and the newest of them without the records'
 * texts. Thread-safe.
 */
public final class DeadLetterBook {
  private static final int LONGEST_MESSAGE = 300;

  private final int most;
  private final Deque<Entry> newest = new ArrayDeque<>();
  private final Map<String, Map<String, Long>> counts = new TreeMap<>();
  private long total;

  /**
   * @param most letters that are kept; all are counted
   */
  public DeadLetterBook(int most) {
    this.most = most;
  }

  /**
   * A dead letter without its record.
   *
   * @param place where it lies on edit.dead-letters
   * @param id the problem's id, or the record's place
   * @param stage who gave up
   * @param reason the reason code
   * @param message for people, at most 300 characters
   * @param attempts tries before giving up
   * @param pointer where the record lies
   */
  public record Entry(
      LogPlace place,
      String id,
      String stage,
      String reason,
      String message,
      int attempts,
      DeadLetter.Pointer pointer) {}

  /** Takes a letter. */
  public synchronized void put(LogPlace place, DeadLetter letter) {
    total++;
    counts
        .computeIfAbsent(letter.stage(), stage -> new TreeMap<>())
        .merge(letter.reason(), 1L, Long::sum);
    String message = letter.message();
    newest.addFirst(
        new Entry(
            place,
            letter.id(),
            letter.stage(),
            letter.reason(),
            message.substring(0, Math.min(LONGEST_MESSAGE, message.length())),
            letter.attempts(),
            letter.pointer()));
    if (newest.size() > most) {
      newest.removeLast();
    }
  }

  /** How many came in all. */
  public synchronized long total() {
    return total;
  }

  /** Counts by stage and reason. */
  public synchronized Map<String, Map<String, Long>> counts() {
    Map<String, Map<String, Long>> copy = new TreeMap<>();
    counts.forEach((stage, reasons) -> copy.put(stage, Map.copyOf(reasons)));
    return copy;
  }

  /**
   * Letters, newest first, after the first {@code skip}.
   *
   * @param stage only of this stage; null takes all
   * @param reason only with this reason; null takes all
   */
  public synchronized List<Entry> entries(String stage, String reason, int skip, int limit) {
    List<Entry> page = new ArrayList<>();
    int passed = 0;
    for (Iterator<Entry> all = newest.iterator(); all.hasNext() && page.size() < limit; ) {
      Entry entry = all.next();
      boolean taken =
          (stage == null || stage.equals(entry.stage()))
              && (reason == null || reason.equals(entry.reason()));
      if (taken && passed++ >= skip) {
        page.add(entry);
      }
    }
    return page;
  }
}
