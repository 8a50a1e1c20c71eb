package dev.edit.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.edit.student.torch.DecoderScript.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Log-probabilities and logits of given tokens under a student with the adapter it carries, without
 * gradients and without dropout.
 */
public final class Scorer {
  private static final int TOKENS_PER_CALL = 8192;

  private Scorer() {}

  /**
   * log p(rows[b][t] | rows[b][0..t-1]) in nats, for every token but a row's first, whose place
   * holds NaN.
   *
   * @param rows token ids; rows may differ in length
   * @return one row per row, of the same length
   */
  public static double[][] logProbabilities(Student student, List<int[]> rows) {
    double[][] result = new double[rows.size()][];
    Integer[] byLength = IntStream.range(0, rows.size()).boxed().toArray(Integer[]::new);
    Arrays.sort(byLength, Comparator.comparingInt(row -> rows.get(row).length));
    List<Integer> chunk = new ArrayList<>();
    int tokens = 0;
    for (int row : byLength) {
      PackedRows.checkRow(student.config(), row, rows.get(row));
      if (rows.get(row).length == 1) {
        result[row] = new double[] {Double.NaN};
        continue;
      }
      if (tokens + rows.get(row).length > TOKENS_PER_CALL && !chunk.isEmpty()) {
        score(student, rows, chunk, result);
        chunk.clear();
        tokens = 0;
      }
      chunk.add(row);
      tokens += rows.get(row).length;
    }
    if (!chunk.isEmpty()) {
      score(student, rows, chunk, result);
    }
    return result;
  }

  /**
   * Logits of the next token after every token of {@code row}.
   *
   * @return [tokens, vocabulary]
   */
  public static float[][] logits(Student student, int[] row) {
    PackedRows packed = new PackedRows(student.config(), List.of(row));
    try (NDManager scope = student.script().scope()) {
      RotaryTables.Placed placed = student.rotary().rows(packed.lengths(), scope);
      List<NDArray> inputs = new ArrayList<>(packed.arrays(scope, placed.offsets()));
      inputs.add(scope.create(IntStream.range(0, row.length).asLongStream().toArray()));
      float[] flat =
          student
              .script()
              .call(Method.LOGITS, inputs, student.model(), placed.tables())
              .toFloatArray();
      int vocabulary = student.config().vocabSize();
      return IntStream.range(0, row.length)
          .mapToObj(t -> Arrays.copyOfRange(flat, t * vocabulary, (t + 1) * vocabulary))
          .toArray(float[][]::new);
    }
  }

  private static void score(
      Student student, List<int[]> rows, List<Integer> chunk, double[][] result) {
    List<int[]> tokens = chunk.stream().map(rows::get).toList();
    PackedRows packed = new PackedRows(student.config(), tokens);
    int scored = tokens.stream().mapToInt(row -> row.length - 1).sum();
    long[] selected = new long[scored];
    long[] target = new long[scored];
    int next = 0;
    for (int row = 0; row < tokens.size(); row++) {
      for (int t = 1; t < tokens.get(row).length; t++) {
        selected[next] = packed.start(row) + t - 1L;
        target[next++] = tokens.get(row)[t];
      }
    }
    float[] nll;
    try (NDManager scope = student.script().scope()) {
      RotaryTables.Placed placed = student.rotary().rows(packed.lengths(), scope);
      List<NDArray> inputs = new ArrayList<>(packed.arrays(scope, placed.offsets()));
      inputs.add(scope.create(selected));
      inputs.add(scope.create(target));
      nll =
          student
              .script()
              .call(Method.NLL, inputs, student.model(), placed.tables())
              .toFloatArray();
    }
    next = 0;
    for (int row : chunk) {
      double[] logProbabilities = new double[rows.get(row).length];
      logProbabilities[0] = Double.NaN;
      for (int t = 1; t < logProbabilities.length; t++) {
        logProbabilities[t] = -nll[next++];
      }
      result[row] = logProbabilities;
    }
  }
}
