package dev.edit.evaluator.domain.console;

import dev.edit.contracts.KeySteps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * The records of edit.key-steps, newest of each id, by what the console filters on: about 50 bytes
 * a record, none of its texts. Thread-safe.
 *
 * <p>Columns instead of objects. A question scans the columns: O(records), a few milliseconds for a
 * million.
 */
public final class PairIndex {
  private static final byte GONE = -1;
  private static final int FIRST_CAPACITY = 1 << 10;
  private static final PairOrigin[] ORIGINS = PairOrigin.values();

  private final int most;
  private final IdTable ids = new IdTable();
  private final Names tasks = new Names();
  private final Names mistakes = new Names();
  private int[] partition = new int[FIRST_CAPACITY];
  private long[] offset = new long[FIRST_CAPACITY];
  private int[] task = new int[FIRST_CAPACITY];
  private short[] mistake = new short[FIRST_CAPACITY];
  private byte[] origin = new byte[FIRST_CAPACITY];
  private float[] similarity = new float[FIRST_CAPACITY];
  private float[] keyFraction = new float[FIRST_CAPACITY];
  private int live;
  private long leftOut;

  /**
   * @param most records that are indexed; further ids are counted and left out
   */
  public PairIndex(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("most: expected at least 1, got " + most);
    }
    this.most = most;
  }

  /** Takes a record, in place of an earlier one of the same id. */
  public synchronized void put(LogPlace place, KeySteps record) {
    if (ids.find(record.key()) < 0 && ids.size() >= most) {
      leftOut++;
      return;
    }
    int row = row(record.key());
    partition[row] = place.partition();
    offset[row] = place.offset();
    task[row] = tasks.number(record.problem().task());
    mistake[row] =
        (short) mistakes.number(record.mistake() == null ? "" : record.mistake().toString());
    live += origin[row] == GONE ? 1 : 0;
    origin[row] = (byte) PairOrigin.of(record).ordinal();
    similarity[row] = (float) record.similarity();
    keyFraction[row] = (float) record.keyFraction();
  }

  /** Forgets an id whose record was deleted. */
  public synchronized void remove(String id) {
    int row = ids.find(id);
    if (row >= 0 && origin[row] != GONE) {
      origin[row] = GONE;
      live--;
    }
  }

  /** Records in the index. */
  public synchronized int size() {
    return live;
  }

  /** Records that came when the index was full. */
  public synchronized long leftOut() {
    return leftOut;
  }

  /**
   * A page of the records that a filter takes.
   *
   * @param total how many it takes in all
   * @param entries the page, those first whose ids came last
   */
  public record Page(int total, List<PairEntry> entries) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /** {@code limit} records that the filter takes, after the first {@code skip}. */
  public synchronized Page page(PairFilter filter, int skip, int limit) {
    IntPredicate takes = compile(filter);
    List<PairEntry> entries = new ArrayList<>();
    int total = 0;
    for (int row = ids.size() - 1; row >= 0; row--) {
      if (takes.test(row)) {
        if (total >= skip && entries.size() < limit) {
          entries.add(entry(row));
        }
        total++;
      }
    }
    return new Page(total, entries);
  }

  /**
   * What may be filtered on, with counts.
   *
   * @param tasks records by task
   * @param origins records by origin
   * @param mistakes records by mistake pattern; the empty text is "not mined"
   * @param similarity dual records by tenth of their similarity
   * @param keyFraction dual records by hundredth of their key fraction, the last one all above
   */
  public record Facets(
      Map<String, Integer> tasks,
      Map<String, Integer> origins,
      Map<String, Integer> mistakes,
      int[] similarity,
      int[] keyFraction) {}

  /** The counts over all records. */
  public synchronized Facets facets() {
    Map<String, Integer> byTask = new TreeMap<>();
    Map<String, Integer> byOrigin = new TreeMap<>();
    Map<String, Integer> byMistake = new TreeMap<>();
    int[] similarities = new int[10];
    int[] fractions = new int[31];
    for (int row = 0; row < ids.size(); row++) {
      if (origin[row] == GONE) {
        continue;
      }
      PairOrigin from = ORIGINS[origin[row]];
      byTask.merge(tasks.text(task[row]), 1, Integer::sum);
      byOrigin.merge(from.name(), 1, Integer::sum);
      byMistake.merge(mistakes.text(mistake[row]), 1, Integer::sum);
      if (from != PairOrigin.ALONE) {
        similarities[bin(similarity[row] * similarities.length, similarities.length)]++;
        fractions[bin(keyFraction[row] * 100, fractions.length)]++;
      }
    }
    return new Facets(byTask, byOrigin, byMistake, similarities, fractions);
  }

  private static int bin(float value, int bins) {
    return Math.min(bins - 1, (int) value);
  }

  private IntPredicate compile(PairFilter filter) {
    int onlyTask = filter.task() == null ? -1 : tasks.find(filter.task());
    boolean noSuchTask = filter.task() != null && onlyTask < 0;
    boolean[] takenMistakes = new boolean[mistakes.all().size()];
    for (int i = 0; i < takenMistakes.length; i++) {
      takenMistakes[i] = filter.takesMistake(mistakes.text(i));
    }
    float least = (float) filter.leastSimilarity();
    float largest = (float) filter.mostSimilarity();
    return row ->
        origin[row] != GONE
            && !noSuchTask
            && (onlyTask < 0 || task[row] == onlyTask)
            && (filter.origin() == null || origin[row] == filter.origin().ordinal())
            && takenMistakes[mistake[row]]
            && similarity[row] >= least
            && similarity[row] <= largest;
  }

  private PairEntry entry(int row) {
    return new PairEntry(
        new LogPlace(partition[row], offset[row]),
        tasks.text(task[row]),
        ORIGINS[origin[row]],
        mistakes.text(mistake[row]),
        similarity[row],
        keyFraction[row]);
  }

  private int row(String id) {
    int before = ids.size();
    int row = ids.number(id);
    if (ids.size() > before) {
      if (row == offset.length) {
        grow(Math.min(most, 2 * row));
      }
      origin[row] = GONE;
    }
    return row;
  }

  private void grow(int capacity) {
    partition = Arrays.copyOf(partition, capacity);
    offset = Arrays.copyOf(offset, capacity);
    task = Arrays.copyOf(task, capacity);
    mistake = Arrays.copyOf(mistake, capacity);
    origin = Arrays.copyOf(origin, capacity);
    similarity = Arrays.copyOf(similarity, capacity);
    keyFraction = Arrays.copyOf(keyFraction, capacity);
  }
}
