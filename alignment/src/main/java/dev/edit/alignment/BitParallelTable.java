package dev.edit.alignment;

import java.util.Arrays;

/**
 * The whole matrix of a dissimilar pair as one-bit differences, 64 rows to a word, and the
 * reference walks over it: O(rows columns / 64) time, a quarter of a byte of memory per cell.
 *
 * <p>Row i, column j lie after i tokens of right and j of wrong, both counted behind the common
 * prefix. Bit i - 1 of column j of {@code down} is set where D(i, j) = D(i - 1, j) + 1, of {@code
 * across} where D(i, j) = D(i, j - 1) + 1: the two questions that the tie-break asks.
 *
 * <p>Source: Myers 1999, Hyyro 2003.
 */
final class BitParallelTable {

  /** Most cells of a matrix: 256 MiB of tables. */
  static final long MOST_CELLS = 1L << 30;

  private final TokenRanks ranks = new TokenRanks();
  private long[] matches = new long[1024];
  private long[] down = new long[1024];
  private long[] across = new long[1024];

  /** Per word, rows of the last column where D(i, j) = D(i - 1, j) - 1. */
  private long[] up = new long[64];

  private int words;

  /**
   * Computes the cells that a path of at most {@code bound} edits can cross; every other is taken
   * to be reached along the edge of that band, never too cheaply.
   *
   * <p>If the result is at most the bound, it is the distance, and cells on shortest paths are
   * exact. So are the walks: a neighbour one edit cheaper than a cell of a shortest path lies on
   * one itself.
   *
   * @param prefix length of the common prefix, where rows and columns start
   * @return the distance if it is at most {@code bound}, some number above {@code bound} if not
   * @throws IllegalArgumentException if the matrix has more than {@value #MOST_CELLS} cells
   */
  int fill(int[] right, int[] wrong, int prefix, int bound) {
    int rows = right.length - prefix;
    int columns = wrong.length - prefix;
    makeRoom(rows, columns);
    findMatches(right, prefix, rows);
    int above = (bound + columns - rows) / 2;
    int below = (bound - columns + rows) / 2;
    int first = 0;
    int last = -1;
    int corner = 0;
    for (int j = 1; j <= columns; j++) {
      int lastNow = (int) Math.min(rows - 1L, (long) j + below - 1) >> 6;
      for (int w = last + 1; w <= lastNow; w++) {
        down[(j - 1) * words + w] = -1L;
        up[w] = 0;
      }
      last = lastNow;
      int firstNow = Math.max(0, j - above - 1) >> 6;
      for (; first < firstNow; first++) {
        corner += Long.bitCount(down[(j - 1) * words + first]) - Long.bitCount(up[first]);
      }
      corner++;
      fillColumn(j, ranks.of(wrong[prefix + j - 1]) * words, first, last);
    }
    return corner + rise(columns, first, rows);
  }

  /**
   * Walks back over the matrix, once for each side: {@code rightKey} are the tokens that the
   * right-to-wrong walk deletes or replaces in right, {@code wrongKey} those that the
   * wrong-to-right walk does in wrong.
   *
   * <p>A step waits for the one in front of it, so the two walks go side by side and one works
   * while the other waits. Which way a walk turns cannot be foretold, so its steps are arithmetic
   * instead of branches.
   */
  void walk(int[] right, int[] wrong, int prefix, KeyTokens rightKey, KeyTokens wrongKey) {
    int i = right.length - prefix;
    int j = wrong.length - prefix;
    int p = i;
    int q = j;
    int[] rightTokens = rightKey.room(i);
    int[] wrongTokens = wrongKey.room(j);
    int rightCount = 0;
    int wrongCount = 0;
    while (i > 0 && j > 0 && p > 0 && q > 0) {
      int word = j * words + ((i - 1) >> 6);
      int delete = (int) (down[word] >>> (i - 1)) & 1;
      int insert = (int) (across[word] >>> (i - 1)) & ~delete & 1;
      int differ = right[prefix + i - 1] == wrong[prefix + j - 1] ? 0 : 1;
      rightTokens[rightCount] = prefix + i - 1;
      rightCount += delete | (differ & ~insert);
      i -= 1 - insert;
      j -= 1 - delete;
      word = q * words + ((p - 1) >> 6);
      delete = (int) (across[word] >>> (p - 1)) & 1;
      insert = (int) (down[word] >>> (p - 1)) & ~delete & 1;
      differ = right[prefix + p - 1] == wrong[prefix + q - 1] ? 0 : 1;
      wrongTokens[wrongCount] = prefix + q - 1;
      wrongCount += delete | (differ & ~insert);
      p -= 1 - delete;
      q -= 1 - insert;
    }
    rightKey.found(endRight(right, wrong, prefix, i, j, rightTokens, rightCount));
    wrongKey.found(endWrong(right, wrong, prefix, p, q, wrongTokens, wrongCount));
  }

  /** The rest of the right-to-wrong walk from row i and column j; returns the number of tokens. */
  private int endRight(
      int[] right, int[] wrong, int prefix, int row, int column, int[] key, int found) {
    int count = found;
    int i = row;
    int j = column;
    while (i > 0 && j > 0) {
      int word = j * words + ((i - 1) >> 6);
      int delete = (int) (down[word] >>> (i - 1)) & 1;
      int insert = (int) (across[word] >>> (i - 1)) & ~delete & 1;
      int differ = right[prefix + i - 1] == wrong[prefix + j - 1] ? 0 : 1;
      key[count] = prefix + i - 1;
      count += delete | (differ & ~insert);
      i -= 1 - insert;
      j -= 1 - delete;
    }
    while (i > 0) {
      key[count++] = prefix + --i;
    }
    return count;
  }

  /** The rest of the wrong-to-right walk from row i and column j; returns the number of tokens. */
  private int endWrong(
      int[] right, int[] wrong, int prefix, int row, int column, int[] key, int found) {
    int count = found;
    int i = row;
    int j = column;
    while (i > 0 && j > 0) {
      int word = j * words + ((i - 1) >> 6);
      int delete = (int) (across[word] >>> (i - 1)) & 1;
      int insert = (int) (down[word] >>> (i - 1)) & ~delete & 1;
      int differ = right[prefix + i - 1] == wrong[prefix + j - 1] ? 0 : 1;
      key[count] = prefix + j - 1;
      count += delete | (differ & ~insert);
      i -= 1 - delete;
      j -= 1 - insert;
    }
    while (j > 0) {
      key[count++] = prefix + --j;
    }
    return count;
  }

  /** Word w at rank r: the 64 rows from 64 w whose token has that rank. */
  private void findMatches(int[] right, int prefix, int rows) {
    ranks.reset(rows);
    int used = words;
    if ((rows + 1) * words > matches.length) {
      matches = new long[(rows + 1) * words];
    }
    Arrays.fill(matches, 0, words, 0);
    for (int i = 0; i < rows; i++) {
      int row = ranks.add(right[prefix + i]) * words;
      if (row == used) {
        Arrays.fill(matches, used, used + words, 0);
        used += words;
      }
      matches[row + (i >> 6)] |= 1L << i;
    }
  }

  private void makeRoom(int rows, int columns) {
    if ((long) rows * columns > MOST_CELLS) {
      throw new IllegalArgumentException(
          "right, wrong: expected dissimilar sequences of at most 2^30 pairs of tokens, got "
              + rows
              + " by "
              + columns);
    }
    words = (rows + Long.SIZE - 1) / Long.SIZE;
    int size = (columns + 1) * words;
    if (size > down.length) {
      down = new long[size];
      across = new long[size];
    }
    if (words > up.length) {
      up = new long[words];
    }
  }

  /**
   * Computes words [first, last] of column j from column j - 1; above them each column costs one
   * more than the last.
   */
  private void fillColumn(int j, int match, int first, int last) {
    int at = j * words;
    int before = at - words;
    long carryAcross = 1;
    long carryBack = 0;
    for (int w = first; w <= last; w++) {
      long vp = down[before + w];
      long vn = up[w];
      long equal = matches[match + w];
      long xv = equal | vn;
      equal |= carryBack;
      long xh = (((equal & vp) + vp) ^ vp) | equal;
      long hp = vn | ~(xh | vp);
      long hn = vp & xh;
      across[at + w] = hp;
      long hpUp = hp << 1 | carryAcross;
      long hnUp = hn << 1 | carryBack;
      carryAcross = hp >>> 63;
      carryBack = hn >>> 63;
      down[at + w] = hnUp | ~(xv | hpUp);
      up[w] = hpUp & xv;
    }
  }

  /** D(rows, column) - D(64 first, column). */
  private int rise(int column, int first, int rows) {
    int rise = 0;
    int last = (rows - 1) >> 6;
    for (int w = first; w <= last; w++) {
      long real = w < last ? -1L : -1L >>> (63 - ((rows - 1) & 63));
      rise += Long.bitCount(down[column * words + w] & real) - Long.bitCount(up[w] & real);
    }
    return rise;
  }
}
