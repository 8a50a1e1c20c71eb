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
   * Computes the matrix.
   *
   * @return the distance
   * @throws IllegalArgumentException if it has more than {@value #MOST_CELLS} cells
   */
  int fill(int[] right, int[] wrong, int prefix) {
    int rows = right.length - prefix;
    int columns = wrong.length - prefix;
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
    findMatches(right, prefix, rows);
    clearFirstColumn();
    int distance = rows;
    for (int j = 1; j <= columns; j++) {
      distance += fillColumn(j, ranks.of(wrong[prefix + j - 1]) * words, rows - 1);
    }
    return distance;
  }

  /**
   * Right tokens that the right-to-wrong walk deletes or replaces, in decreasing order; returns how
   * many.
   */
  int walkRight(int[] right, int[] wrong, int prefix, int[] key) {
    int count = 0;
    int i = right.length - prefix;
    int j = wrong.length - prefix;
    while (i > 0) {
      int word = j * words + ((i - 1) >> 6);
      if ((down[word] >>> (i - 1) & 1) != 0) {
        key[count++] = prefix + --i;
      } else if ((across[word] >>> (i - 1) & 1) != 0) {
        j--;
      } else {
        i--;
        j--;
        if (right[prefix + i] != wrong[prefix + j]) {
          key[count++] = prefix + i;
        }
      }
    }
    return count;
  }

  /**
   * Wrong tokens that the wrong-to-right walk deletes or replaces, in decreasing order; returns how
   * many.
   */
  int walkWrong(int[] right, int[] wrong, int prefix, int[] key) {
    int count = 0;
    int i = right.length - prefix;
    int j = wrong.length - prefix;
    while (j > 0) {
      int word = j * words + ((i - 1) >> 6);
      if (i == 0 || (across[word] >>> (i - 1) & 1) != 0) {
        key[count++] = prefix + --j;
      } else if ((down[word] >>> (i - 1) & 1) != 0) {
        i--;
      } else {
        i--;
        j--;
        if (right[prefix + i] != wrong[prefix + j]) {
          key[count++] = prefix + j;
        }
      }
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

  private void clearFirstColumn() {
    if (words > up.length) {
      up = new long[words];
    }
    Arrays.fill(down, 0, words, -1L);
    Arrays.fill(up, 0, words, 0);
  }

  /**
   * Computes column j from column j - 1; returns the difference in its row {@code last} (counted
   * from 0).
   */
  private int fillColumn(int j, int match, int last) {
    int at = j * words;
    long carryAcross = 1;
    long carryBack = 0;
    for (int w = 0; w < words; w++, at++) {
      long vp = down[at - words];
      long vn = up[w];
      long equal = matches[match + w];
      long xv = equal | vn;
      equal |= carryBack;
      long xh = (((equal & vp) + vp) ^ vp) | equal;
      long hp = vn | ~(xh | vp);
      long hn = vp & xh;
      across[at] = hp;
      if (w == words - 1) {
        long difference = (hp >>> last & 1) - (hn >>> last & 1);
        down[at] = (hn << 1 | carryBack) | ~(xv | (hp << 1 | carryAcross));
        up[w] = (hp << 1 | carryAcross) & xv;
        return (int) difference;
      }
      long nextAcross = hp >>> 63;
      long nextBack = hn >>> 63;
      hp = hp << 1 | carryAcross;
      hn = hn << 1 | carryBack;
      down[at] = hn | ~(xv | hp);
      up[w] = hp & xv;
      carryAcross = nextAcross;
      carryBack = nextBack;
    }
    throw new IllegalStateException("a matrix has at least one row");
  }
}
