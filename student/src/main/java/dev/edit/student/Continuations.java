package dev.edit.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.edit.student.torch.DecoderScript.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Prompts that are continued in batches of like length; a batch is one native call. */
final class Continuations {
  private static final double DRAW_UNIT = 0x1p-24;

  private final Student student;
  private final List<int[]> prompts;
  private final int maxNewTokens;
  private final long[] eos;
  private final Sampling sampling;
  private final int positions;
  private long[] seeds;

  /** Checks every prompt; an error names its index. */
  Continuations(
      Student student, List<int[]> prompts, int maxNewTokens, long[] eos, Sampling sampling) {
    positive("maxNewTokens", maxNewTokens);
    this.student = student;
    this.prompts = prompts;
    this.maxNewTokens = maxNewTokens;
    this.eos = eos;
    this.sampling = sampling;
    this.positions = student.config().longestRow();
    for (int i = 0; i < prompts.size(); i++) {
      PackedRows.checkRow(student.config(), i, prompts.get(i));
      if (prompts.get(i).length == positions) {
        throw new IllegalArgumentException(
            "prompt %d has %d tokens, as many as max_position_embeddings: no place for a continuation"
                .formatted(i, prompts.get(i).length));
      }
    }
  }

  /** Where draws decide: one seed per prompt. */
  Continuations seeded(long[] seeds) {
    if (seeds.length != prompts.size()) {
      throw new IllegalArgumentException(
          "seeds: expected one for each of %d prompts, got %d"
              .formatted(prompts.size(), seeds.length));
    }
    this.seeds = seeds.clone();
    return this;
  }

  /** The continuations in the order of the prompts. */
  List<int[]> inBatches(int batchSize) {
    positive("batchSize", batchSize);
    Integer[] byLength = IntStream.range(0, prompts.size()).boxed().toArray(Integer[]::new);
    Arrays.sort(byLength, Comparator.comparingInt(i -> prompts.get(i).length));
    int[][] result = new int[prompts.size()][];
    for (int from = 0; from < byLength.length; from += batchSize) {
      List<Integer> batch =
          Arrays.asList(byLength).subList(from, Math.min(from + batchSize, byLength.length));
      decode(batch, result);
    }
    return Arrays.asList(result);
  }

  private void decode(List<Integer> batch, int[][] result) {
    int shortest = prompts.get(batch.get(0)).length;
    int longest = prompts.get(batch.get(batch.size() - 1)).length;
    int limit = Math.min(maxNewTokens, positions - shortest);
    long[] out;
    try (NDManager scope = student.script().scope()) {
      // Before the rows' tables: growing releases the shorter ones, which these may be.
      List<NDArray> tables = student.rotary().growing(Math.min(positions, longest + limit));
      List<NDArray> inputs = inputs(batch, longest, limit, scope);
      out = student.script().call(Method.DECODE, inputs, student.model(), tables).toLongArray();
    }
    for (int row = 0; row < batch.size(); row++) {
      int most = Math.min(limit, positions - prompts.get(batch.get(row)).length);
      result[batch.get(row)] = untilEnd(out, row * limit, most);
    }
  }

  private List<NDArray> inputs(List<Integer> batch, int longest, int limit, NDManager scope) {
    int[] lengths = batch.stream().mapToInt(prompt -> prompts.get(prompt).length).toArray();
    RotaryTables.Placed placed = student.rotary().rows(lengths, scope);
    long[] ids = new long[batch.size() * longest];
    long[] place = new long[ids.length];
    long[] pad = new long[batch.size()];
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
    inputs.add(student.script().host(scope, sampling.temperature(), sampling.topP()));
    inputs.add(draws(batch, limit, scope));
    inputs.add(scope.create(place, rectangle));
    inputs.addAll(placed.tables());
    return inputs;
  }

  /** float64 [batch, limit] in [0, 1); a single 0 where nothing is drawn. */
  private NDArray draws(List<Integer> batch, int limit, NDManager scope) {
    if (!sampling.random()) {
      return scope.create(new double[1], new Shape(1, 1));
    }
    double[] draws = new double[batch.size() * limit];
    for (int row = 0; row < batch.size(); row++) {
      double[] own = draws(seeds[batch.get(row)], limit);
      System.arraycopy(own, 0, draws, row * limit, limit);
    }
    return scope.create(draws, new Shape(batch.size(), limit));
  }

  /**
   * The draws of a seed. 24 bits each, so that a draw times a sum of probabilities stays below that
   * sum in double precision.
   */
  static double[] draws(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] draws = new double[count];
    Arrays.setAll(draws, i -> (random.nextInt() >>> 8) * DRAW_UNIT);
    return draws;
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
