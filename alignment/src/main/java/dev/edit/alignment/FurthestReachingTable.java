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
  private static final int UNREACHED = Integer.MIN_VALUE / 4;

  /** Diagonals on each side of a wave that later waves and the walks may ask for. */
  private static final int MARGIN = 2;

  /** Waves after which the pace is looked at again; a power of 2. */
  private static final int LOOK_EVERY = 8;

  /** waves[origin[e] + k]: wave e at diagonal k. */
  private int[] waves = new int[1024];

  private int[] origin = new int[32];
  private int begin;
  private int end;
  private int foretold;

  /** The distance that the pace of the last {@link #fill} foretold when it gave up. */
  int foretold() {
    return foretold;
  }

  /**
   * Computes waves until one reaches the end of both sequences.
   *
   * <p>A cell of a shortest path at cost e and diagonal k has e + |target - k| &lt;= distance. Half
   * way to the distance that the pace foretells, waves begin to shrink towards the target by that
   * bound with some slack; if the distance turns out larger, they are computed again from there,
   * whole.
   *
   * <p>A bad pace is believed after a sixteenth of the work, or after half of that where the ends
   * do not look alike.
   *
   * @param prefix length of the common prefix, where rows and columns start; the tokens after it
   *     differ
   * @param limit most edits to look for
   * @return the distance, or -1 as soon as it is above {@code limit} or the pace says it will be
   */
  int fill(int[] right, int[] wrong, int prefix, int limit) {
    int target = Math.abs(wrong.length - right.length);
    long all = (long) right.length + wrong.length - 2L * prefix;
    int most = (int) Math.min(limit, all);
    foretold = Math.max(most + 1, target);
    end = 0;
    open(0, 0, 0);
    waves[origin[0]] = prefix;
    if (target > most) {
      return -1;
    }
    for (int e = 1; e <= most; e++) {
      if (wave(right, wrong, prefix, e, most)) {
        return e;
      }
      if ((e & (LOOK_EVERY - 1)) == 0) {
        long ahead = e * all / (furthest(e) - 2L * prefix);
        if (ahead > most * (1 + 2 / Math.sqrt(e))
            && (4 * e >= most || (6 * e >= most && endsUnlike(right, wrong, prefix)))) {
          foretold = (int) Math.min(all, ahead);
          return -1;
        }
        int guess = (int) Math.max(target, ahead + ahead / 8 + 2);
        if (2 * (e + LOOK_EVERY) > guess && guess < most) {
          return narrow(right, wrong, prefix, e, guess, most);
        }
      }
    }
    return -1;
  }

  /**
   * Whether less than half of the last quarter is the same, end to end. Edits often crowd at the
   * start of a pair: then the pace is bad, yet the rest is the same.
   */
  private static boolean endsUnlike(int[] right, int[] wrong, int prefix) {
    int quarter = (Math.min(right.length, wrong.length) - prefix) / 4;
    int same = 0;
    for (int back = 1; back <= quarter; back++) {
      same += right[right.length - back] == wrong[wrong.length - back] ? 1 : 0;
    }
    return 2 * same < quarter;
  }

  /**
   * Walks back over the waves, once for each side: {@code rightKey} are the tokens that the
   * right-to-wrong walk deletes or replaces in right, {@code wrongKey} those that the
   * wrong-to-right walk does in wrong. Both take a step per edit, side by side, in arithmetic
   * instead of branches, which could not be foretold.
   */
  void walk(
      int rightLength, int wrongLength, int distance, KeyTokens rightKey, KeyTokens wrongKey) {
    int[] table = waves;
    int[] rightTokens = rightKey.room(distance + 1);
    int[] wrongTokens = wrongKey.room(distance + 1);
    int rightCount = 0;
    int wrongCount = 0;
    int i = rightLength;
    int k = wrongLength - rightLength;
    int p = i;
    int d = k;
    for (int e = distance - 1; e >= 0; e--) {
      int at = origin[e] + k;
      int above = table[at + 1] + 1;
      int below = table[at - 1];
      i = Math.min(i, Math.max(above, Math.max(below, table[at] + 1)));
      int delete = i <= above ? 1 : 0;
      int insert = i <= below ? 1 - delete : 0;
      rightTokens[rightCount] = i - 1;
      rightCount += 1 - insert;
      i -= 1 - insert;
      k += delete - insert;
      at = origin[e] + d;
      above = table[at + 1] + 1;
      below = table[at - 1];
      p = Math.min(p, Math.max(above, Math.max(below, table[at] + 1)));
      delete = p <= below ? 1 : 0;
      insert = p <= above ? 1 - delete : 0;
      wrongTokens[wrongCount] = p + d - 1;
      wrongCount += 1 - insert;
      p -= 1 - delete;
      d += insert - delete;
    }
    rightKey.found(rightCount);
    wrongKey.found(wrongCount);
  }

  /**
   * Waves after wave {@code e}, first under the guessed bound, then, if that was too low, again
   * under {@code most}; returns as {@link #fill} does.
   */
  private int narrow(int[] right, int[] wrong, int prefix, int e, int guess, int most) {
    int wholeEnd = end;
    for (int f = e + 1; f <= guess; f++) {
      if (wave(right, wrong, prefix, f, guess)) {
        return f;
      }
    }
    end = wholeEnd;
    for (int f = e + 1; f <= most; f++) {
      if (wave(right, wrong, prefix, f, most)) {
        return f;
      }
    }
    return -1;
  }

  /**
   * Computes wave {@code e} where a path of at most {@code bound} edits can cross it; whether it
   * reaches the end.
   */
  private boolean wave(int[] right, int[] wrong, int prefix, int e, int bound) {
    int target = wrong.length - right.length;
    int slack = bound - e;
    int from = Math.max(Math.max(-e, prefix - right.length), target - slack);
    int to = Math.min(Math.min(e, wrong.length - prefix), target + slack);
    open(e, from, to);
    extend(right, wrong, e, from, to);
    return target >= from && target <= to && waves[origin[e] + target] == right.length;
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
    begin = end;
    origin[e] = begin + MARGIN - from;
    waves[end] = UNREACHED;
    waves[end + 1] = UNREACHED;
    end += size;
    waves[end - 2] = UNREACHED;
    waves[end - 1] = UNREACHED;
  }

  /**
   * Most tokens of both sequences, prefixes included, that wave {@code e}, the last one opened, has
   * behind it.
   */
  private int furthest(int e) {
    int best = Integer.MIN_VALUE;
    for (int at = begin; at < end; at++) {
      best = Math.max(best, 2 * waves[at] + (at - origin[e]));
    }
    return best;
  }
}
