package dev.edit.student.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A tensor in row-major order: either float32 values in a Java array, or a view of a mapped file
 * that is converted to float32 when it is asked for.
 */
public final class TensorData {
  private static final int CHUNK = 1 << 16;

  /** Takes the values of a tensor in order, a part at a time. */
  @FunctionalInterface
  public interface Values {
    /** The first {@code count} values of {@code part} come next; {@code part} is used again. */
    void accept(float[] part, int count) throws IOException;
  }

  private final List<Integer> shape;
  private final long elements;
  private final Dtype dtype;
  private final float[] array; // null in a view
  private final MappedFile file; // null with an array
  private final long position;

  /**
   * A tensor of values that are not copied: who hands them over does not write to them afterwards.
   *
   * @param shape sizes of the axes, outermost first; empty for a scalar
   * @param values as many values as the product of the sizes
   */
  public TensorData(List<Integer> shape, float[] values) {
    this(shape, Dtype.F32, values, null, 0);
    if (values.length != elements) {
      throw new IllegalArgumentException(
          "tensor of shape %s holds %d values, expected %d"
              .formatted(shape, values.length, elements));
    }
  }

  private TensorData(
      List<Integer> shape, Dtype dtype, float[] array, MappedFile file, long position) {
    this.shape = List.copyOf(shape);
    this.elements = elements(shape);
    this.dtype = dtype;
    this.array = array;
    this.file = file;
    this.position = position;
  }

  /** A view of the values that stand at {@code position} of a file. */
  static TensorData view(List<Integer> shape, Dtype dtype, MappedFile file, long position) {
    return new TensorData(shape, dtype, null, file, position);
  }

  /** Sizes of the axes, outermost first; empty for a scalar. */
  public List<Integer> shape() {
    return shape;
  }

  /** The product of the sizes. */
  public long elements() {
    return elements;
  }

  /** How the values are held: {@link Dtype#F32} in an array, the file's type in a view. */
  public Dtype dtype() {
    return dtype;
  }

  /**
   * The values. An array is handed out as it is; a view is read and converted anew by every call,
   * so that nothing is kept for tensors that were handed on.
   */
  public float[] values() {
    if (array != null) {
      return array;
    }
    float[] values = new float[Math.toIntExact(elements)];
    ByteBuffer bytes = buffer();
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      read(from, count, bytes);
      dtype.decode(bytes, values, from, count);
    }
    return values;
  }

  /** Hands all values to {@code taker} in order, without holding them all in memory. */
  public void forEachPart(Values taker) throws IOException {
    float[] part = new float[(int) Math.min(CHUNK, elements)];
    ByteBuffer bytes = array == null ? buffer() : null;
    for (long from = 0; from < elements; from += CHUNK) {
      int count = (int) Math.min(CHUNK, elements - from);
      if (array == null) {
        read(from, count, bytes);
        dtype.decode(bytes, part, 0, count);
      } else {
        System.arraycopy(array, (int) from, part, 0, count);
      }
      taker.accept(part, count);
    }
  }

  private void read(long from, int count, ByteBuffer bytes) {
    file.read(position + from * dtype.bytes(), bytes.clear().limit(count * dtype.bytes()));
    bytes.flip();
  }

  private ByteBuffer buffer() {
    int count = (int) Math.min(CHUNK, elements);
    return ByteBuffer.allocate(count * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The product of the sizes. */
  static long elements(List<Integer> shape) {
    long elements = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("shape %s has a negative size".formatted(shape));
      }
      elements = Math.multiplyExact(elements, (long) size);
    }
    return elements;
  }

  @Override
  public String toString() {
    return "TensorData[%s %s]".formatted(dtype, shape);
  }
}
