package dev.edit.alignment;

import java.util.Arrays;
import java.util.StringJoiner;

/**
 * The key tokens of one side: a sorted set of token indexes, held as maximal half-open spans.
 *
 * <p>Indexes count from the first token of the full input sequence, prompt included. Immutable;
 * equal when the same tokens are key.
 */
public final class KeySpans {

  private static final KeySpans NONE = new KeySpans(new int[0]);

  /** start0, end0, start1, end1, ... with start &lt; end &lt; next start. */
  private final int[] bounds;

  private KeySpans(int[] bounds) {
    this.bounds = bounds;
  }

  /** No key tokens. */
  public static KeySpans none() {
    return NONE;
  }

  /**
   * Spans from their bounds {@code start0, end0, start1, end1, ...}.
   *
   * @throws IllegalArgumentException if the number of bounds is odd, the first is negative, or they
   *     do not increase strictly (spans that touch are one span)
   */
  public static KeySpans ofBounds(int... bounds) {
    if (bounds.length % 2 != 0) {
      throw new IllegalArgumentException(
          "bounds: expected pairs of start and end, got " + bounds.length + " numbers");
    }
    for (int i = 0; i < bounds.length; i++) {
      if (bounds[i] < 0 || (i > 0 && bounds[i] <= bounds[i - 1])) {
        throw new IllegalArgumentException(
            "bounds["
                + i
                + "]: expected a number above "
                + (i == 0 ? -1 : bounds[i - 1])
                + ", got "
                + bounds[i]);
      }
    }
    return bounds.length == 0 ? NONE : new KeySpans(bounds.clone());
  }

  /**
   * Spans from token indexes.
   *
   * @throws IllegalArgumentException if an index is negative or they do not increase strictly
   */
  public static KeySpans ofTokenIndexes(int... indexes) {
    int[] descending = new int[indexes.length];
    for (int i = 0; i < indexes.length; i++) {
      if (indexes[i] < 0 || (i > 0 && indexes[i] <= indexes[i - 1])) {
        throw new IllegalArgumentException(
            "indexes["
                + i
                + "]: expected a number above "
                + (i == 0 ? -1 : indexes[i - 1])
                + ", got "
                + indexes[i]);
      }
      descending[indexes.length - 1 - i] = indexes[i];
    }
    return ofDescending(descending, indexes.length);
  }

  /**
   * Spans from the first {@code count} strictly decreasing indexes of {@code indexes}, the order a
   * backtrace finds them in.
   */
  static KeySpans ofDescending(int[] indexes, int count) {
    if (count == 0) {
      return NONE;
    }
    int spans = 1;
    for (int i = 1; i < count; i++) {
      spans += indexes[i] + 1 == indexes[i - 1] ? 0 : 1;
    }
    int[] bounds = new int[2 * spans];
    // Where spans end cannot be foretold, so that is arithmetic instead of branches.
    int at = bounds.length;
    int above = -1;
    for (int i = 0; i < count; i++) {
      int index = indexes[i];
      at -= index + 1 == above ? 0 : 2;
      bounds[at] = index;
      bounds[at + 1] = Math.max(bounds[at + 1], index + 1);
      above = index;
    }
    return new KeySpans(bounds);
  }

  /** Number of spans. */
  public int spanCount() {
    return bounds.length / 2;
  }

  /** First token index of span {@code span}. */
  public int start(int span) {
    return bounds[2 * span];
  }

  /** Index one past the last token of span {@code span}. */
  public int end(int span) {
    return bounds[2 * span + 1];
  }

  /** Number of key tokens. */
  public int tokenCount() {
    int tokens = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      tokens += bounds[i + 1] - bounds[i];
    }
    return tokens;
  }

  /** Whether token {@code index} is key. */
  public boolean contains(int index) {
    int at = Arrays.binarySearch(bounds, index);
    return at >= 0 ? at % 2 == 0 : -(at + 1) % 2 == 1;
  }

  /** A fresh array {@code start0, end0, start1, end1, ...}. */
  public int[] bounds() {
    return bounds.clone();
  }

  /** A fresh, increasing array of the key tokens' indexes. */
  public int[] tokenIndexes() {
    int[] indexes = new int[tokenCount()];
    int at = 0;
    for (int span = 0; span < spanCount(); span++) {
      for (int index = start(span); index < end(span); index++) {
        indexes[at++] = index;
      }
    }
    return indexes;
  }

  /** The first token of each span. */
  KeySpans firsts() {
    int[] firsts = bounds.clone();
    for (int i = 0; i < firsts.length; i += 2) {
      firsts[i + 1] = firsts[i] + 1;
    }
    return firsts.length == 0 ? NONE : new KeySpans(firsts);
  }

  /** The part of these spans below token {@code end}. */
  KeySpans before(int end) {
    int kept = 0;
    while (kept < bounds.length && bounds[kept] < end) {
      kept += 2;
    }
    if (kept == 0) {
      return NONE;
    }
    int[] cut = Arrays.copyOf(bounds, kept);
    cut[kept - 1] = Math.min(cut[kept - 1], end);
    return new KeySpans(cut);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeySpans that && Arrays.equals(bounds, that.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    for (int span = 0; span < spanCount(); span++) {
      text.add("[" + start(span) + ", " + end(span) + ")");
    }
    return text.toString();
  }
}
