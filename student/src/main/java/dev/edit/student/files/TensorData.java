package dev.edit.student.files;

import java.util.List;

/**
 * A float32 tensor in row-major order. The array is not copied: who hands it over does not write to
 * it afterwards.
 *
 * @param shape sizes of the axes, outermost first; empty for a scalar
 * @param values as many values as the product of the sizes
 */
@SuppressWarnings(
    "ArrayRecordComponent") // Megabytes of weights are neither copied nor compared by value.
public record TensorData(List<Integer> shape, float[] values) {

  /** Checks that the values fill the shape exactly. */
  public TensorData {
    shape = List.copyOf(shape);
    long expected = elements(shape);
    if (values.length != expected) {
      throw new IllegalArgumentException(
          "tensor of shape %s holds %d values, expected %d"
              .formatted(shape, values.length, expected));
    }
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
}
