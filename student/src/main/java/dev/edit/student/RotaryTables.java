package dev.edit.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.edit.student.torch.DecoderScript;
import java.util.List;

/**
 * Rotary tables in libtorch's memory. One table serves all rows and grows with the longest seen; a
 * row whose frequencies depend on its length gets a table of its own for one call.
 */
final class RotaryTables {
  private static final int FIRST_POSITIONS = 256;

  private final StudentConfig config;
  private final DecoderScript script;
  private final RotaryTable source;
  private List<NDArray> shared = List.of();
  private int positions;

  /**
   * Where the positions of rows stand.
   *
   * @param offsets per row, the table's row of position 0
   * @param tables cosines and sines
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed through, not compared.
  record Placed(long[] offsets, List<NDArray> tables) {}

  RotaryTables(StudentConfig config, DecoderScript script) {
    this.config = config;
    this.script = script;
    source = new RotaryTable(config);
  }

  /** Tables for whole rows of the given lengths; those of one call belong to {@code scope}. */
  Placed rows(int[] lengths, NDManager scope) {
    long[] offsets = new long[lengths.length];
    int plain = 0;
    int total = 0;
    for (int length : lengths) {
      if (source.dependsOnLength(length)) {
        total += length;
      } else {
        plain = Math.max(plain, length);
      }
    }
    if (total == 0) {
      return new Placed(offsets, growing(plain));
    }
    int size = config.headDim() / 2;
    float[] cosines = new float[(plain + total) * size];
    float[] sines = new float[cosines.length];
    source.fill(cosines, sines, 0, plain);
    int next = plain;
    for (int row = 0; row < lengths.length; row++) {
      if (source.dependsOnLength(lengths[row])) {
        offsets[row] = next;
        source.fill(cosines, sines, next, lengths[row]);
        next += lengths[row];
      }
    }
    Shape shape = new Shape(next, size);
    return new Placed(offsets, List.of(scope.create(cosines, shape), scope.create(sines, shape)));
  }

  /** Tables of at least {@code most} positions for tokens that are added one by one. */
  List<NDArray> growing(int most) {
    if (most > positions) {
      int longest = Math.max(most, config.longestRow());
      positions = Math.min(longest, Math.max(FIRST_POSITIONS, Integer.highestOneBit(most) * 2));
      float[] cosines = new float[Math.multiplyExact(positions, config.headDim() / 2)];
      float[] sines = new float[cosines.length];
      source.fillGrowing(cosines, sines, 0, positions);
      shared.forEach(NDArray::close);
      Shape shape = new Shape(positions, config.headDim() / 2);
      shared = List.of(script.copy(cosines, shape), script.copy(sines, shape));
    }
    return shared;
  }
}
