package dev.edit.student.lora;

import dev.edit.student.StudentConfig;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A linear module of a decoder layer that can carry an adapter, in the order in which {@code
 * decoder.py} counts them.
 */
public enum LoraTarget {
  Q_PROJ("q_proj", "self_attn.q_proj"),
  K_PROJ("k_proj", "self_attn.k_proj"),
  V_PROJ("v_proj", "self_attn.v_proj"),
  O_PROJ("o_proj", "self_attn.o_proj"),
  GATE_PROJ("gate_proj", "mlp.gate_proj"),
  UP_PROJ("up_proj", "mlp.up_proj"),
  DOWN_PROJ("down_proj", "mlp.down_proj");

  private final String module;
  private final String path;

  LoraTarget(String module, String path) {
    this.module = module;
    this.path = path;
  }

  /** The name by which peft's {@code target_modules} asks for it, such as {@code q_proj}. */
  public String module() {
    return module;
  }

  /** Its place in a layer, such as {@code self_attn.q_proj}. */
  public String path() {
    return path;
  }

  /** The name of its weight in layer {@code layer}. */
  public String weight(int layer) {
    return "model.layers." + layer + "." + path + ".weight";
  }

  /** Number of inputs and of outputs in a student of shape {@code config}. */
  List<Integer> sizes(StudentConfig config) {
    List<Integer> matrix = config.parameterShapes().get(weight(0));
    return List.of(matrix.get(1), matrix.get(0));
  }

  /**
   * The target of peft's name {@code module}.
   *
   * @throws IllegalArgumentException names the module and what was expected
   */
  public static LoraTarget of(String module) {
    return Arrays.stream(values())
        .filter(target -> target.module.equals(module))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "lora: target_modules has %s, expected any of %s"
                        .formatted(
                            module,
                            Arrays.stream(values())
                                .map(LoraTarget::module)
                                .collect(Collectors.joining(", ")))));
  }
}
