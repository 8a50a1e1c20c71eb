package dev.edit.alignment;

import java.util.Arrays;

/**
 * The {@code reference} rule written down plainly: the measure of every faster aligner, in tests
 * and in benchmarks.
 *
 * <p>After the common prefix is stripped, each side gets its own table of edit distances (insert,
 * delete, replace cost 1) for turning that side into the other, and its own walk from the end of
 * that table: at each cell delete is preferred to insert, and insert to the diagonal. Tokens of the
 * side that the walk deletes or replaces are key. O(n m) time and memory: two tables of (n + 1)(m +
 * 1) ints.
 *
 * <p>Source: EDIT (ACL 2025, paper 21), section 3, and the tie order of its authors' released
 * scripts.
 */
public final class NaiveReferenceAlignment implements KeyStepAligner {

  @Override
  public KeyMasks align(int[] right, int[] wrong, int promptLength) {
    int prefix = CommonPrefix.length(right, wrong, promptLength);
    int[] rightTail = Arrays.copyOfRange(right, prefix, right.length);
    int[] wrongTail = Arrays.copyOfRange(wrong, prefix, wrong.length);
    int[][] rightToWrong = distances(rightTail, wrongTail);
    int[][] wrongToRight = distances(wrongTail, rightTail);
    return KeyMasks.of(
        deletedOrReplaced(rightTail, wrongTail, rightToWrong, prefix),
        deletedOrReplaced(wrongTail, rightTail, wrongToRight, prefix),
        rightToWrong[rightTail.length][wrongTail.length],
        right.length - promptLength,
        wrong.length - promptLength);
  }

  /**
   * Cell (i, j): least number of edits that turn the first i tokens of {@code from} into the first
   * j of {@code to}.
   */
  private static int[][] distances(int[] from, int[] to) {
    int[][] dp = new int[from.length + 1][to.length + 1];
    for (int i = 0; i <= from.length; i++) {
      dp[i][0] = i;
    }
    for (int j = 0; j <= to.length; j++) {
      dp[0][j] = j;
    }
    for (int i = 1; i <= from.length; i++) {
      for (int j = 1; j <= to.length; j++) {
        int replace = dp[i - 1][j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
        dp[i][j] = Math.min(replace, Math.min(dp[i - 1][j], dp[i][j - 1]) + 1);
      }
    }
    return dp;
  }

  private static KeySpans deletedOrReplaced(int[] from, int[] to, int[][] dp, int prefix) {
    int[] key = new int[from.length];
    int count = 0;
    int i = from.length;
    int j = to.length;
    while (i > 0 || j > 0) {
      if (i > 0 && dp[i][j] == dp[i - 1][j] + 1) {
        key[count++] = prefix + --i;
      } else if (j > 0 && dp[i][j] == dp[i][j - 1] + 1) {
        j--;
      } else {
        i--;
        j--;
        if (from[i] != to[j]) {
          key[count++] = prefix + i;
        }
      }
    }
    return KeySpans.ofDescending(key, count);
  }
}
