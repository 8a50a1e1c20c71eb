package dev.edit.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.edit.student.files.TensorData;
import dev.edit.student.torch.DecoderScript;
import dev.edit.student.torch.DecoderScript.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Arrays in libtorch's memory with their names, in the order in which the script takes them: in
 * float32, or in bfloat16 where they are frozen.
 */
final class NamedArrays {
  private final DecoderScript script;
  private final Map<String, List<Integer>> sizes;
  private final List<Shape> shapes;
  private final List<NDArray> arrays;

  private NamedArrays(
      DecoderScript script, Map<String, List<Integer>> sizes, List<NDArray> arrays) {
    this.script = script;
    this.sizes = sizes;
    this.arrays = arrays;
    shapes = shapes(sizes);
  }

  /** Native copies of {@code tensors} in float32. */
  static NamedArrays copy(DecoderScript script, Role role, Map<String, TensorData> tensors) {
    return copy(script, role, tensors, false);
  }

  /** Native copies of {@code tensors}, made one after the other: Java holds one at a time. */
  static NamedArrays copy(
      DecoderScript script, Role role, Map<String, TensorData> tensors, boolean halved) {
    Map<String, List<Integer>> sizes = new LinkedHashMap<>();
    List<NDArray> arrays = new ArrayList<>();
    tensors.forEach(
        (name, tensor) -> {
          sizes.put(name, tensor.shape());
          NDArray array = script.member(role, tensor.values(), shape(tensor.shape()));
          if (halved) {
            try (NDArray wide = array) {
              array = script.halved(wide);
            }
          }
          arrays.add(array);
        });
    return new NamedArrays(script, sizes, List.copyOf(arrays));
  }

  /** Zeros of the same names and shapes for another argument. */
  NamedArrays zeros(Role role) {
    return new NamedArrays(script, sizes, script.zeros(role, shapes));
  }

  List<NDArray> arrays() {
    return arrays;
  }

  /** Copies in Java memory, in the same order. */
  Map<String, TensorData> copies() {
    Map<String, TensorData> copies = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(sizes.keySet());
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      copies.put(name, new TensorData(sizes.get(name), script.values(arrays.get(i))));
    }
    return copies;
  }

  /**
   * Native copies of {@code values} in the place of these arrays, which are closed.
   *
   * @param what the values are, for the error
   * @throws IllegalArgumentException when a name is missing or superfluous or a shape differs;
   *     names the tensor; nothing has changed then
   */
  NamedArrays replaced(Role role, Map<String, TensorData> values, String what) {
    for (String name : values.keySet()) {
      if (!sizes.containsKey(name)) {
        throw new IllegalArgumentException(what + ": tensor " + name + " is not trained");
      }
    }
    Map<String, TensorData> ordered = new LinkedHashMap<>();
    sizes.forEach(
        (name, size) -> {
          TensorData tensor = values.get(name);
          if (tensor == null || !tensor.shape().equals(size)) {
            throw new IllegalArgumentException(
                "%s: tensor %s has shape %s, expected %s"
                    .formatted(what, name, tensor == null ? "none" : tensor.shape(), size));
          }
          ordered.put(name, tensor);
        });
    close();
    return copy(script, role, ordered);
  }

  void close() {
    arrays.forEach(NDArray::close);
  }

  private static List<Shape> shapes(Map<String, List<Integer>> sizes) {
    return sizes.values().stream().map(NamedArrays::shape).toList();
  }

  private static Shape shape(List<Integer> sizes) {
    return new Shape(sizes.stream().mapToLong(Integer::longValue).toArray());
  }
}
