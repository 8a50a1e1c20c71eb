package dev.edit.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.edit.student.torch.DecoderScript.Method;
import dev.edit.student.torch.DecoderScript.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Cached keys and values of a number of slots, and the calls that fill them. Every slot has as many
 * cells as the longest row may need; the memory is taken once, and given back on close.
 *
 * <p>Axes: B slots, S cells of a slot, T longest prompt of a call, n tokens of a call; b rows of a
 * call.
 */
final class KeyValueCache implements AutoCloseable {
  private final Student student;
  private final DecodingSettings settings;
  private final int cells;
  private final List<NDArray> keys;
  private final List<NDArray> values;
  private final List<NDArray> joined;
  private final List<NDArray> tables;

  /** Bytes of one slot: keys and values in float32. */
  static long slotBytes(StudentConfig config, int cells) {
    return 8L * config.layers() * cells * config.kvHeads() * config.headDim();
  }

  KeyValueCache(Student student, DecodingSettings settings, int slots, int cells) {
    this.student = student;
    this.settings = settings;
    this.cells = cells;
    StudentConfig config = student.config();
    Shape shape = new Shape(slots, cells, config.kvHeads(), config.headDim());
    List<Shape> shapes = Collections.nCopies(config.layers(), shape);
    // Before any row's tables: growing releases the shorter ones, which those may be.
    tables = student.rotary().growing(cells);
    keys = student.script().zeros(Role.KEYS, shapes);
    values = student.script().zeros(Role.VALUES, shapes);
    joined = student.script().zeros(Role.JOINED, student.joinedShapes());
    try (NDManager scope = student.script().scope()) {
      List<NDArray> inputs = List.of(student.script().host(scope, 0.0));
      call(Method.JOIN, inputs, List.of(student.model().get(0), joined), tables);
    }
  }

  /**
   * Reads prompts into slots.
   *
   * @return the token after each
   */
  long[] admit(List<DecodedRow> rows, int[] slots) {
    int longest = rows.stream().mapToInt(row -> row.prompt().length).max().orElseThrow();
    int[] lengths = rows.stream().mapToInt(row -> row.prompt().length).toArray();
    long[] ids = new long[rows.size() * longest];
    long[] place = new long[ids.length];
    long[] into = new long[slots.length];
    try (NDManager scope = student.script().scope()) {
      RotaryTables.Placed placed = student.rotary().rows(lengths, scope);
      for (int row = 0; row < lengths.length; row++) {
        int[] prompt = rows.get(row).prompt();
        for (int t = 0; t < prompt.length; t++) {
          ids[row * longest + t] = prompt[t];
          place[row * longest + t] = placed.offsets()[row] + t;
        }
        into[row] = slots[row];
      }
      Shape rectangle = new Shape(rows.size(), longest);
      List<NDArray> inputs = new ArrayList<>();
      inputs.add(scope.create(ids, rectangle));
      inputs.add(scope.create(longs(lengths)));
      inputs.add(scope.create(into));
      inputs.add(scope.create(place, rectangle));
      inputs.add(chance(scope));
      inputs.add(draws(rows, 1, scope));
      return call(Method.ADMIT, inputs, lists(), placed.tables());
    }
  }

  /**
   * At most {@code most} more tokens for every row.
   *
   * @param rows of the first slots; null where a slot is empty
   * @return [b, most]; -1 after a row's end
   */
  long[] extend(List<DecodedRow> rows, int most) {
    long[] token = new long[rows.size()];
    long[] length = new long[rows.size()];
    long[] left = new long[rows.size()];
    int longest = 0;
    for (int slot = 0; slot < token.length; slot++) {
      DecodedRow row = rows.get(slot);
      if (row != null) {
        token[slot] = row.last();
        length[slot] = row.cached();
        left[slot] = row.left();
        longest = Math.max(longest, row.cached());
      }
    }
    try (NDManager scope = student.script().scope()) {
      List<NDArray> inputs = new ArrayList<>();
      inputs.add(scope.create(token));
      inputs.add(scope.create(length));
      inputs.add(scope.create(left));
      inputs.add(student.script().host(scope, (long) most, longest));
      inputs.add(scope.create(longs(settings.endTokens())));
      inputs.add(chance(scope));
      inputs.add(draws(rows, most, scope));
      return call(Method.EXTEND, inputs, lists(), tables);
    }
  }

  /** Moves the rows in {@code slots} to the first slots; no more than {@code used} cells matter. */
  void keep(int[] slots, int used) {
    try (NDManager scope = student.script().scope()) {
      List<NDArray> inputs =
          List.of(
              scope.create(longs(slots)),
              student.script().host(scope, (long) Math.min(used, cells)));
      call(Method.KEEP, inputs, List.of(keys, values), List.of());
    }
  }

  private List<List<NDArray>> lists() {
    List<List<NDArray>> model = student.model();
    return List.of(model.get(0), model.get(1), keys, values, joined);
  }

  private long[] call(
      Method method, List<NDArray> inputs, List<List<NDArray>> lists, List<NDArray> rotary) {
    NDArray answer = student.script().call(method, inputs, lists, rotary);
    return answer.getDataType().isInteger() ? answer.toLongArray() : new long[0];
  }

  private NDArray chance(NDManager scope) {
    Sampling sampling = settings.sampling();
    return student.script().host(scope, sampling.temperature(), sampling.topP());
  }

  /** float64 [b, count] in [0, 1); a single 0 where nothing is drawn. */
  private NDArray draws(List<DecodedRow> rows, int count, NDManager scope) {
    if (!settings.sampling().random()) {
      return scope.create(new double[1], new Shape(1, 1));
    }
    double[] draws = new double[rows.size() * count];
    for (int i = 0; i < draws.length; i++) {
      DecodedRow row = rows.get(i / count);
      draws[i] = row == null ? 0 : row.draw();
    }
    return scope.create(draws, new Shape(rows.size(), count));
  }

  private static long[] longs(int[] values) {
    long[] longs = new long[values.length];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = values[i];
    }
    return longs;
  }

  private static long[] longs(Iterable<Integer> values) {
    List<Long> longs = new ArrayList<>();
    values.forEach(value -> longs.add(value.longValue()));
    return longs.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  @Override
  public void close() {
    keys.forEach(NDArray::close);
    values.forEach(NDArray::close);
    joined.forEach(NDArray::close);
  }
}
