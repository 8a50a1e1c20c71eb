package dev.edit.alignment;

/**
 * The {@code reference} rule at speed: equal to {@link NaiveReferenceAlignment} token for token.
 *
 * <p>A near-identical pair is answered from furthest-reaching points, in time that grows with
 * length + distance squared; a dissimilar one, as soon as its pace shows it, from a bit-parallel
 * matrix, in time that grows with the product of the lengths / 64. Either table answers both sides
 * from one pass.
 *
 * <p>The work tables belong to the instance and grow to the largest pair it has met: a quarter of a
 * byte per pair of tokens behind the common prefix. Apart from that growth, only the result is
 * allocated.
 */
public final class ReferenceAligner implements KeyStepAligner {

  private final FurthestReachingTable waves = new FurthestReachingTable();
  private final BitParallelTable matrix = new BitParallelTable();
  private final KeyTokens rightTokens = new KeyTokens();
  private final KeyTokens wrongTokens = new KeyTokens();

  @Override
  public KeyMasks align(int[] right, int[] wrong, int promptLength) {
    int prefix = CommonPrefix.length(right, wrong, promptLength);
    int rows = right.length - prefix;
    int columns = wrong.length - prefix;
    KeySpans rightKey;
    KeySpans wrongKey;
    int distance;
    if (rows == 0 || columns == 0) {
      distance = rows + columns;
      rightKey = rows == 0 ? KeySpans.none() : KeySpans.ofBounds(prefix, right.length);
      wrongKey = columns == 0 ? KeySpans.none() : KeySpans.ofBounds(prefix, wrong.length);
    } else {
      distance = waves.fill(right, wrong, prefix, mostWaves(rows, columns));
      if (distance >= 0) {
        waves.walk(right.length, wrong.length, distance, rightTokens, wrongTokens);
      } else {
        distance = fillMatrix(right, wrong, prefix);
        matrix.walk(right, wrong, prefix, rightTokens, wrongTokens);
      }
      rightKey = rightTokens.spans();
      wrongKey = wrongTokens.spans();
    }
    return KeyMasks.of(
        rightKey, wrongKey, distance, right.length - promptLength, wrong.length - promptLength);
  }

  private int fillMatrix(int[] right, int[] wrong, int prefix) {
    int whole = right.length + wrong.length - 2 * prefix;
    int foretold = waves.foretold();
    int bound = Math.min(whole, foretold + foretold / 4);
    int distance = matrix.fill(right, wrong, prefix, bound);
    while (distance > bound) {
      bound = Math.min(whole, 2 * bound);
      distance = matrix.fill(right, wrong, prefix, bound);
    }
    return distance;
  }

  /**
   * Waves that cost about as much as the matrix would: their time grows with their number squared.
   */
  static int mostWaves(int rows, int columns) {
    int length = Math.max(rows, columns);
    return (int) Math.sqrt(14.0 * length) + length / 64;
  }
}
