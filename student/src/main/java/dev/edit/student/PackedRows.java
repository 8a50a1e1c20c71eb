package dev.edit.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Rows laid end to end, with the index arrays that {@code decoder.py} needs to spread them to a
 * rectangle for attention and to collect them again. Axes: B rows, T longest row, N tokens of all
 * rows.
 */
final class PackedRows {
  private final long[] ids; // [N]
  private final long[] position; // [N]
  private final long[]
      spread; // [B * T], cells beyond a row's end point at token 0: nothing reads them
  private final long[] collect; // [N]
  private final int[] start; // [B]
  private final int[] lengths; // [B]
  private final int rows;
  private final int longest;

  /** Checks every token id and length against {@code config}; an error names the row. */
  PackedRows(StudentConfig config, List<int[]> tokens) {
    rows = tokens.size();
    longest = tokens.stream().mapToInt(row -> row.length).max().orElse(0);
    int total = tokens.stream().mapToInt(row -> row.length).sum();
    ids = new long[total];
    position = new long[total];
    collect = new long[total];
    spread = new long[rows * longest];
    start = new int[rows];
    lengths = tokens.stream().mapToInt(row -> row.length).toArray();
    int next = 0;
    for (int row = 0; row < rows; row++) {
      checkRow(config, row, tokens.get(row));
      start[row] = next;
      for (int t = 0; t < tokens.get(row).length; t++) {
        ids[next] = tokens.get(row)[t];
        position[next] = t;
        collect[next] = (long) row * longest + t;
        spread[row * longest + t] = next;
        next++;
      }
    }
  }

  /** Place of a row's first token among all tokens. */
  int start(int row) {
    return start[row];
  }

  /** Tokens of every row. */
  int[] lengths() {
    return lengths;
  }

  /**
   * ids, position, spread and collect, in the order of the script's arguments.
   *
   * @param offsets per row, where its position 0 stands in the rotary tables
   */
  List<NDArray> arrays(NDManager scope, long[] offsets) {
    long[] places = position.clone();
    for (int row = 0; row < rows; row++) {
      for (int t = start[row]; t < start[row] + lengths[row]; t++) {
        places[t] += offsets[row];
      }
    }
    return List.of(
        scope.create(ids),
        scope.create(places),
        scope.create(spread, new Shape(rows, longest)),
        scope.create(collect));
  }

  static void checkRow(StudentConfig config, int row, int[] tokens) {
    if (tokens.length == 0 || tokens.length > config.longestRow()) {
      throw new IllegalArgumentException(
          "row %d has %d tokens, expected 1 to %d (max_position_embeddings)"
              .formatted(row, tokens.length, config.longestRow()));
    }
    for (int t = 0; t < tokens.length; t++) {
      if (tokens[t] < 0 || tokens[t] >= config.vocabSize()) {
        throw new IllegalArgumentException(
            "row %d: token %d is %d, expected an id from 0 to %d"
                .formatted(row, t, tokens[t], config.vocabSize() - 1));
      }
    }
  }
}
