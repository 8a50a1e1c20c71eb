package dev.edit.alignment;

import java.util.Arrays;

/**
 * Furthest-reaching points of a near-identical pair, and the reference walks over them: time and
 * memory grow with length + distance squared.
 *
 * <p>Cell (i, j) lies after i tokens of right and j of wrong, on diagonal k = j - i. Wave e holds
 * for each diagonal the largest i whose cell costs at most e edits. Costs never fall along a
 * diagonal, so D(i, j) &lt;= e is the one comparison i &lt;= wave e at k. Neighbouring cells differ
 * by at most 1, so at a cell of cost e delete holds exactly if D(i - 1, j) &lt;= e - 1, and
 * likewise insert and replace; the rows between one edit and the next are matches, which the walk
 * skips in one step by the largest of the three bounds.
 *
 * <p>Source: Ukkonen 1985, Myers 1986 for the waves; the exact tie-break over them is this
 * project's.
 */
final class FurthestReachingTable {

  /** Below every row, with room for sums. */
  private static final int UNREACHED = Integer.MIN_VALUE / 2;

  /** Diagonals on each side of a wave that later waves and the walks may ask for. */
  private static final int MARGIN = 2;

  /** Waves after which the pace is looked at for the first time. */
  private static final int FIRST_LOOK = 8;

  /** waves[origin[e] + k]: wave e at diagonal k. */
  private int[] waves = new int[1024];

  private int[] origin = new int[32];
  private int end;

  /**
   * Computes waves until one reaches the end of both sequences.
   *
   * @param prefix length of the common prefix, where rows and columns start; the tokens after it
   *     differ
   * @param most most edits to look for
   * @return the distance, or -1 as soon as it is above {@code most} or the pace says it will be
   */
  int fill(int[] right, int[] wrong, int prefix, int most) {
    int target = wrong.length - right.length;
    int lowest = prefix - right.length;
    int highest = wrong.length - prefix;
    end = 0;
    open(0, 0, 0);
    waves[origin[0]] = prefix;
    if (Math.abs(target) > most) {
      return -1;
    }
    for (int e = 1; e <= most; e++) {
      int from = Math.max(-e, lowest);
      int to = Math.min(e, highest);
      open(e, from, to);
      extend(right, wrong, e, from, to);
      if (target >= from && target <= to && waves[origin[e] + target] == right.length) {
        return e;
      }
      if (e >= FIRST_LOOK
          && (e & (FIRST_LOOK - 1)) == 0
          && tooSlow(right, wrong, prefix, e, most)) {
        return -1;
      }
    }
    return -1;
  }

  /**
   * Right tokens that the right-to-wrong walk deletes or replaces, in decreasing order; returns how
   * many.
   */
  int walkRight(int rightLength, int wrongLength, int distance, int[] key) {
    int count = 0;
    int i = rightLength;
    int k = wrongLength - rightLength;
    for (int e = distance - 1; e >= 0; e--) {
      int at = origin[e] + k;
      int delete = waves[at + 1] + 1;
      int insert = waves[at - 1];
      int replace = waves[at] + 1;
      i = Math.min(i, Math.max(delete, Math.max(insert, replace)));
      if (i <= delete) {
        key[count++] = --i;
        k++;
      } else if (i <= insert) {
        k--;
      } else {
        key[count++] = --i;
      }
    }
    return count;
  }

  /**
   * Wrong tokens that the wrong-to-right walk deletes or replaces, in decreasing order; returns how
   * many.
   */
  int walkWrong(int rightLength, int wrongLength, int distance, int[] key) {
    int count = 0;
    int i = rightLength;
    int k = wrongLength - rightLength;
    for (int e = distance - 1; e >= 0; e--) {
      int at = origin[e] + k;
      int insert = waves[at + 1] + 1;
      int delete = waves[at - 1];
      int replace = waves[at] + 1;
      i = Math.min(i, Math.max(delete, Math.max(insert, replace)));
      if (i <= delete) {
        key[count++] = i + --k;
      } else if (i <= insert) {
        i--;
        k++;
      } else {
        key[count++] = --i + k;
      }
    }
    return count;
  }

  private void extend(int[] right, int[] wrong, int e, int from, int to) {
    int[] table = waves;
    int before = origin[e - 1];
    int now = origin[e];
    int below = table[before + from - 1];
    int same = table[before + from];
    for (int k = from; k <= to; k++) {
      int above = table[before + k + 1];
      int limit = Math.min(right.length, wrong.length - k);
      int i = Math.min(limit, Math.max(below, Math.max(same, above) + 1));
      while (i < limit && right[i] == wrong[i + k]) {
        i++;
      }
      table[now + k] = i;
      below = same;
      same = above;
    }
  }

  /** Makes room for wave e over diagonals [from, to]; the margins are unreached. */
  private void open(int e, int from, int to) {
    int size = to - from + 1 + 2 * MARGIN;
    if (end + size > waves.length) {
      waves = Arrays.copyOf(waves, Math.max(2 * waves.length, end + size));
    }
    if (e == origin.length) {
      origin = Arrays.copyOf(origin, 2 * e);
    }
    origin[e] = end + MARGIN - from;
    waves[end] = UNREACHED;
    waves[end + 1] = UNREACHED;
    end += size;
    waves[end - 2] = UNREACHED;
    waves[end - 1] = UNREACHED;
  }

  private boolean tooSlow(int[] right, int[] wrong, int prefix, int e, int most) {
    int best = 0;
    int from = Math.max(-e, prefix - right.length);
    int to = Math.min(e, wrong.length - prefix);
    for (int k = from; k <= to; k++) {
      best = Math.max(best, 2 * waves[origin[e] + k] + k);
    }
    long done = best - 2L * prefix;
    long all = (long) right.length + wrong.length - 2L * prefix;
    return e * all > 2L * most * done;
  }
}
