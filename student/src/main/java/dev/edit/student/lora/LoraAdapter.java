package dev.edit.student.lora;

import dev.edit.student.StudentConfig;
import dev.edit.student.files.TensorData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The tensors of an adapter by name. A name is the adapted module's path in the model and {@code
 * lora_A.weight} or {@code lora_B.weight}, as in {@code
 * model.layers.0.self_attn.q_proj.lora_A.weight}; peft's files put {@code base_model.model.} before
 * it.
 *
 * @param settings what is adapted and how
 * @param tensors all tensors of {@link #shapes}, in that order once {@linkplain #checked checked}
 */
public record LoraAdapter(LoraSettings settings, Map<String, TensorData> tensors) {

  /** Keeps the order of {@code tensors}. */
  public LoraAdapter {
    tensors = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * Name and shape of every tensor, in the order in which the decoder takes them: by layer, by
   * target, A [rank, inputs] before B [outputs, rank].
   */
  public static Map<String, List<Integer>> shapes(StudentConfig config, LoraSettings settings) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      for (LoraTarget target : settings.targets()) {
        String prefix = "model.layers." + layer + "." + target.path() + ".";
        List<Integer> sizes = target.sizes(config);
        shapes.put(prefix + "lora_A.weight", List.of(settings.rank(), sizes.get(0)));
        shapes.put(prefix + "lora_B.weight", List.of(sizes.get(1), settings.rank()));
      }
    }
    return shapes;
  }

  /**
   * A fresh adapter, which changes nothing yet: A uniform within 1 / sqrt(inputs), as peft's
   * Kaiming initialisation with a = sqrt(5) has it, and B zero. The same seed gives the same bits
   * on every machine.
   */
  public static LoraAdapter create(StudentConfig config, LoraSettings settings, long seed) {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    Random seeds = new Random(seed);
    shapes(config, settings)
        .forEach((name, shape) -> tensors.put(name, first(name, shape, seeds.nextLong())));
    return new LoraAdapter(settings, tensors);
  }

  private static TensorData first(String name, List<Integer> shape, long seed) {
    float[] values = new float[Math.multiplyExact(shape.get(0), shape.get(1))];
    if (name.endsWith("lora_A.weight")) {
      Random random = new Random(seed);
      double bound = 1 / Math.sqrt(shape.get(1));
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (bound * (2 * random.nextDouble() - 1));
      }
    }
    return new TensorData(shape, values);
  }

  /**
   * This adapter with its tensors in the decoder's order.
   *
   * @throws IllegalArgumentException when a tensor is missing, superfluous or of another shape than
   *     a student of shape {@code config} needs; names the tensor
   */
  public LoraAdapter checked(StudentConfig config) {
    Map<String, List<Integer>> shapes = shapes(config, settings);
    for (String name : tensors.keySet()) {
      if (!shapes.containsKey(name)) {
        throw new IllegalArgumentException(
            "adapter: tensor %s belongs to none of the targets %s of %d layers"
                .formatted(name, settings.targets(), config.layers()));
      }
    }
    Map<String, TensorData> ordered = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          TensorData tensor = tensors.get(name);
          if (tensor == null) {
            throw new IllegalArgumentException(
                "adapter: tensor " + name + " is missing, expected shape " + shape);
          }
          if (!tensor.shape().equals(shape)) {
            throw new IllegalArgumentException(
                "adapter: tensor %s has shape %s, expected %s"
                    .formatted(name, tensor.shape(), shape));
          }
          ordered.put(name, tensor);
        });
    return new LoraAdapter(settings, ordered);
  }
}
