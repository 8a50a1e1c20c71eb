package dev.edit.student.lora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.student.files.JsonFields;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads and writes peft's {@code adapter_config.json}. A setting under which peft would compute
 * something else than {@link LoraSettings} says is refused by name; fields that do not change what
 * a trained adapter computes are passed over.
 */
final class AdapterConfigJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Variants of LoRA, off unless set. */
  private static final List<String> FLAGS =
      List.of("use_rslora", "use_dora", "use_qalora", "fan_in_fan_out", "lora_bias");

  /** What peft adapts, keeps or adds besides the targets in all layers; none unless set. */
  private static final List<String> NONE =
      List.of(
          "modules_to_save",
          "rank_pattern",
          "alpha_pattern",
          "layers_to_transform",
          "exclude_modules",
          "target_parameters",
          "trainable_token_indices",
          "layer_replication",
          "use_bdlora",
          "alora_invocation_tokens",
          "arrow_config",
          "velora_config",
          "monteclora_config",
          "kasa_config");

  /** First weights that leave the base model's weights as they are. */
  private static final Set<String> HARMLESS_STARTS =
      Set.of("true", "false", "gaussian", "eva", "orthogonal");

  private static final String ALL_LINEAR = "all-linear";
  private static final String ATTENTION = "self_attn.";
  private static final String FEED_FORWARD = "mlp.";

  private AdapterConfigJson() {}

  /** The settings in {@code json}; {@code source} stands in front of every error. */
  static LoraSettings read(String json, String source) {
    JsonFields root = JsonFields.parse(json, source);
    if (!root.text("peft_type").equals("LORA")) {
      throw root.unsupported("peft_type", "LORA");
    }
    if (!root.text("task_type", "CAUSAL_LM").equals("CAUSAL_LM")) {
      throw root.unsupported("task_type", "CAUSAL_LM");
    }
    if (!root.text("bias", "none").equals("none")) {
      throw root.unsupported("bias", "none");
    }
    for (String flag : FLAGS) {
      if (root.flag(flag, false)) {
        throw root.unsupported(flag, "false");
      }
    }
    for (String field : NONE) {
      JsonNode value = root.root().path(field);
      if (root.present(field) && !(value.isContainerNode() && value.isEmpty())) {
        throw root.unsupported(field, "null");
      }
    }
    if (root.present("init_lora_weights")
        && !HARMLESS_STARTS.contains(root.root().get("init_lora_weights").asText())) {
      throw root.unsupported("init_lora_weights", "true, false, gaussian, eva, orthogonal");
    }
    try {
      return LoraSettings.of(
          root.integer("r"),
          root.number("lora_alpha"),
          root.number("lora_dropout", 0),
          targets(root));
    } catch (IllegalArgumentException e) {
      throw e.getMessage().startsWith(source)
          ? e
          : new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  /** The model that the adapter was trained on, as its author called it; or null. */
  static String baseModel(String json, String source) {
    return JsonFields.parse(json, source).text("base_model_name_or_path", null);
  }

  /** {@code adapter_config.json} with a trailing newline; the same settings give the same bytes. */
  static String write(LoraSettings settings, String baseModel) {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("alpha_pattern");
    root.put("base_model_name_or_path", baseModel);
    root.put("bias", "none");
    root.put("fan_in_fan_out", false);
    root.put("inference_mode", true);
    if (settings.alpha() == Math.rint(settings.alpha())) {
      root.put("lora_alpha", (long) settings.alpha()); // peft's own type is an integer.
    } else {
      root.put("lora_alpha", settings.alpha());
    }
    root.put("lora_dropout", settings.dropout());
    root.putNull("modules_to_save");
    root.put("peft_type", "LORA");
    root.put("r", settings.rank());
    root.putObject("rank_pattern");
    ArrayNode targets = root.putArray("target_modules");
    settings.targets().forEach(target -> targets.add(target.module()));
    root.put("task_type", "CAUSAL_LM");
    root.put("use_dora", false);
    root.put("use_rslora", false);
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values could not be written as JSON", e);
    }
  }

  /** Names with or without the part of the layer that holds them, or all linear modules. */
  private static Set<String> targets(JsonFields root) {
    if (root.root().path("target_modules").asText("").equals(ALL_LINEAR)) {
      return new LinkedHashSet<>(
          Arrays.stream(LoraTarget.values()).map(LoraTarget::module).toList());
    }
    Set<String> modules = new LinkedHashSet<>();
    for (String name : root.texts("target_modules")) {
      boolean path = Arrays.stream(LoraTarget.values()).anyMatch(t -> t.path().equals(name));
      modules.add(
          path
              ? name.substring(
                  name.startsWith(ATTENTION) ? ATTENTION.length() : FEED_FORWARD.length())
              : name);
    }
    return modules;
  }
}
