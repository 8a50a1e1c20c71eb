package dev.edit.student;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.student.RopeScaling.Dynamic;
import dev.edit.student.RopeScaling.Linear;
import dev.edit.student.RopeScaling.Llama3;
import dev.edit.student.RopeScaling.Unscaled;
import dev.edit.student.files.JsonFields;

/**
 * The rotary embedding in {@code config.json}: {@code rope_theta} and {@code rope_scaling} at the
 * top, or both inside of {@code rope_parameters}, as newer libraries write them. Read either way,
 * written the older way, which all of them read.
 */
final class RopeJson {
  private static final String THETA = "rope_theta";
  private static final String SCALING = "rope_scaling";
  private static final String PARAMETERS = "rope_parameters";
  private static final String TYPE = "rope_type";
  private static final String OLD_TYPE = "type";
  private static final String PARTIAL = "partial_rotary_factor";

  private RopeJson() {}

  static RotaryEmbedding read(JsonFields root) {
    refusePartial(root);
    double theta = root.number(THETA, 10_000);
    if (!root.present(PARAMETERS)) {
      return new RotaryEmbedding(theta, scaling(root, SCALING));
    }
    JsonFields parameters = root.object(PARAMETERS);
    refusePartial(parameters);
    RopeScaling scaling = scaling(root, PARAMETERS);
    if (root.present(SCALING) && !scaling(root, SCALING).equals(scaling)) {
      throw root.wrong(SCALING, "the same as rope_parameters, or null");
    }
    return new RotaryEmbedding(parameters.number(THETA, theta), scaling);
  }

  static void write(ObjectNode root, RotaryEmbedding rope) {
    root.put(THETA, rope.theta());
    if (rope.scaling() instanceof Unscaled) {
      root.putNull(SCALING);
      return;
    }
    ObjectNode node = root.putObject(SCALING);
    if (rope.scaling() instanceof Linear linear) {
      node.put(TYPE, "linear").put("factor", linear.factor());
    } else if (rope.scaling() instanceof Dynamic dynamic) {
      node.put(TYPE, "dynamic").put("factor", dynamic.factor());
    } else if (rope.scaling() instanceof Llama3 llama3) {
      node.put(TYPE, "llama3")
          .put("factor", llama3.factor())
          .put("low_freq_factor", llama3.lowFreqFactor())
          .put("high_freq_factor", llama3.highFreqFactor())
          .put("original_max_position_embeddings", llama3.originalPositions());
    }
  }

  private static RopeScaling scaling(JsonFields root, String field) {
    if (!root.present(field)) {
      return new Unscaled();
    }
    JsonFields node = root.object(field);
    String typeField = node.present(TYPE) ? TYPE : OLD_TYPE;
    return switch (node.text(typeField, "default")) {
      case "default" -> unscaled(node);
      case "linear" -> new Linear(node.number("factor"));
      case "dynamic" -> new Dynamic(node.number("factor"));
      case "llama3" ->
          new Llama3(
              node.number("factor"),
              node.number("low_freq_factor"),
              node.number("high_freq_factor"),
              node.integer(
                  "original_max_position_embeddings", root.integer("max_position_embeddings", 0)));
      default -> throw node.unsupported(typeField, "default, linear, dynamic, llama3");
    };
  }

  /** Without a type, an object of objects holds parameters per kind of layer. */
  private static RopeScaling unscaled(JsonFields node) {
    node.root()
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isObject()) {
                throw node.unsupported(entry.getKey(), "one set of parameters for all layers");
              }
            });
    return new Unscaled();
  }

  private static void refusePartial(JsonFields node) {
    if (node.number(PARTIAL, 1) != 1) {
      throw node.unsupported(PARTIAL, "1");
    }
  }
}
