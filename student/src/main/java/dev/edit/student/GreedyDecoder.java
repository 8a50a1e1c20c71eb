package dev.edit.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.edit.student.torch.DecoderScript.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Continues prompts with the most probable token at every place, with a cache of keys and values. A
 * batch is one native call. A prompt's continuation does not depend on the prompts it shares a
 * batch with.
 */
public final class GreedyDecoder {
  private GreedyDecoder() {}

  /** Decodes until the student's own {@link StudentConfig#eosTokenIds}. */
  public static List<int[]> decode(
      Student student, List<int[]> prompts, int maxNewTokens, int batchSize) {
    return decode(
        student, prompts, maxNewTokens, Set.copyOf(student.config().eosTokenIds()), batchSize);
  }

  /**
   * Continuations in the order of {@code prompts}. One that ended by itself has the token of {@code
   * eosIds} as its last; otherwise it was cut at {@code maxNewTokens} or at the student's last
   * position. Prompts of like length share a batch.
   *
   * @param prompts token ids, each at least one and fewer than max_position_embeddings
   * @param maxNewTokens most tokens of a continuation, positive
   * @param eosIds tokens that end a continuation
   * @param batchSize prompts per native call, positive
   * @throws IllegalArgumentException names the prompt's index and what was expected
   */
  public static List<int[]> decode(
      Student student, List<int[]> prompts, int maxNewTokens, Set<Integer> eosIds, int batchSize) {
    positive("maxNewTokens", maxNewTokens);
    positive("batchSize", batchSize);
    for (int i = 0; i < prompts.size(); i++) {
      PackedRows.checkRow(student.config(), i, prompts.get(i));
      if (prompts.get(i).length == student.config().longestRow()) {
        throw new IllegalArgumentException(
            "prompt %d has %d tokens, as many as max_position_embeddings: no place for a continuation"
                .formatted(i, prompts.get(i).length));
      }
    }
    Integer[] byLength = IntStream.range(0, prompts.size()).boxed().toArray(Integer[]::new);
    Arrays.sort(byLength, Comparator.comparingInt(i -> prompts.get(i).length));
    long[] eos = eosIds.stream().mapToLong(Integer::longValue).sorted().toArray();
    int[][] result = new int[prompts.size()][];
    for (int from = 0; from < byLength.length; from += batchSize) {
      List<Integer> batch =
          Arrays.asList(byLength).subList(from, Math.min(from + batchSize, byLength.length));
      decodeBatch(student, prompts, batch, maxNewTokens, eos, result);
    }
    return Arrays.asList(result);
  }

  private static void decodeBatch(
      Student student,
      List<int[]> prompts,
      List<Integer> batch,
      int maxNewTokens,
      long[] eos,
      int[][] result) {
    int positions = student.config().longestRow();
    int shortest = prompts.get(batch.get(0)).length;
    int longest = prompts.get(batch.get(batch.size() - 1)).length;
    int limit = Math.min(maxNewTokens, positions - shortest);
    long[] ids = new long[batch.size() * longest];
    long[] place = new long[ids.length];
    long[] pad = new long[batch.size()];
    int[] lengths = batch.stream().mapToInt(prompt -> prompts.get(prompt).length).toArray();
    long[] out;
    try (NDManager scope = student.script().scope()) {
      // Before the rows' tables: growing releases the shorter ones, which these may be.
      List<NDArray> tables = student.rotary().growing(Math.min(positions, longest + limit));
      RotaryTables.Placed placed = student.rotary().rows(lengths, scope);
      for (int row = 0; row < batch.size(); row++) {
        int[] prompt = prompts.get(batch.get(row));
        int padding = longest - prompt.length;
        pad[row] = padding;
        for (int t = 0; t < prompt.length; t++) {
          ids[row * longest + padding + t] = prompt[t];
          place[row * longest + padding + t] = placed.offsets()[row] + t;
        }
      }
      Shape rectangle = new Shape(batch.size(), longest);
      List<NDArray> inputs = new ArrayList<>();
      inputs.add(scope.create(ids, rectangle));
      inputs.add(scope.create(pad));
      inputs.add(student.script().host(scope, (long) limit, positions));
      inputs.add(scope.create(eos));
      inputs.add(scope.create(place, rectangle));
      inputs.addAll(placed.tables());
      out = student.script().call(Method.DECODE, inputs, student.model(), tables).toLongArray();
    }
    for (int row = 0; row < batch.size(); row++) {
      int most = Math.min(limit, positions - prompts.get(batch.get(row)).length);
      result[batch.get(row)] = untilEnd(out, row * limit, most);
    }
  }

  private static int[] untilEnd(long[] cells, int from, int most) {
    return Arrays.stream(cells, from, from + most)
        .takeWhile(token -> token >= 0)
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  private static void positive(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + " is " + value + ", expected a positive integer");
    }
  }
}
