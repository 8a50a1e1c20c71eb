package dev.edit.student;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes Hugging Face's {@code config.json} for a {@link StudentConfig}. A feature that
 * would change the model's outputs and is not implemented is refused by name rather than ignored.
 */
final class StudentConfigJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private StudentConfigJson() {}

  /** Parses {@code json}; {@code source} stands in front of every error. */
  static StudentConfig read(String json, String source) {
    JsonNode root = object(json, source);
    refuseUnsupported(root, source);
    int hidden = integer(root, "hidden_size", source);
    int heads = integer(root, "num_attention_heads", source);
    try {
      return new StudentConfig(
          integer(root, "vocab_size", source),
          hidden,
          integer(root, "intermediate_size", source),
          integer(root, "num_hidden_layers", source),
          heads,
          present(root, "num_key_value_heads")
              ? integer(root, "num_key_value_heads", source)
              : heads,
          present(root, "head_dim")
              ? integer(root, "head_dim", source)
              : hidden / Math.max(heads, 1),
          number(root, "rms_norm_eps", 1e-6, source),
          ropeTheta(root, source),
          root.path("tie_word_embeddings").asBoolean(false),
          present(root, "max_position_embeddings")
              ? integer(root, "max_position_embeddings", source)
              : 2048,
          present(root, "bos_token_id") ? integer(root, "bos_token_id", source) : null,
          eosTokens(root, source));
    } catch (IllegalArgumentException e) {
      throw e.getMessage().startsWith(source)
          ? e
          : new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  private static JsonNode object(String json, String source) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(source + ": not valid JSON: " + e.getOriginalMessage(), e);
    }
    if (!root.isObject()) {
      throw new IllegalArgumentException(
          source + ": expected a JSON object, found " + root.getNodeType());
    }
    return root;
  }

  /** {@code config.json} with a trailing newline; the same config gives the same bytes. */
  static String write(StudentConfig config) {
    ObjectNode root = JSON.createObjectNode();
    root.putArray("architectures").add("LlamaForCausalLM");
    root.put("model_type", "llama");
    root.put("vocab_size", config.vocabSize());
    root.put("hidden_size", config.hiddenSize());
    root.put("intermediate_size", config.intermediateSize());
    root.put("num_hidden_layers", config.layers());
    root.put("num_attention_heads", config.heads());
    root.put("num_key_value_heads", config.kvHeads());
    root.put("head_dim", config.headDim());
    root.put("hidden_act", "silu");
    root.put("max_position_embeddings", config.maxPositionEmbeddings());
    root.put("rms_norm_eps", config.rmsNormEps());
    root.put("rope_theta", config.ropeTheta());
    root.putNull("rope_scaling");
    root.put("tie_word_embeddings", config.tieWordEmbeddings());
    root.put("attention_bias", false);
    root.put("mlp_bias", false);
    putTokens(root, config);
    root.put("torch_dtype", "float32");
    return text(root);
  }

  /** {@code generation_config.json}: the special tokens and greedy decoding. */
  static String writeGeneration(StudentConfig config) {
    ObjectNode root = JSON.createObjectNode();
    root.put("do_sample", false);
    root.put("max_length", config.maxPositionEmbeddings());
    putTokens(root, config);
    return text(root);
  }

  private static void putTokens(ObjectNode root, StudentConfig config) {
    root.put("bos_token_id", config.bosTokenId());
    if (config.eosTokenIds().size() == 1) {
      root.put("eos_token_id", config.eosTokenId());
    } else {
      ArrayNode ids = root.putArray("eos_token_id");
      config.eosTokenIds().forEach(ids::add);
    }
  }

  private static String text(ObjectNode root) {
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values could not be written as JSON", e);
    }
  }

  private static void refuseUnsupported(JsonNode root, String source) {
    only(root, "model_type", "llama", source);
    if (present(root, "hidden_act")) {
      only(root, "hidden_act", "silu", source);
    }
    for (String flag : List.of("attention_bias", "mlp_bias")) {
      if (root.path(flag).asBoolean(false)) {
        throw unsupported(source, flag, "true", "false");
      }
    }
    if (present(root, "quantization_config")) {
      throw unsupported(source, "quantization_config", root.get("quantization_config"), "none");
    }
    for (String field : List.of("rope_scaling", "rope_parameters")) {
      JsonNode rope = root.path(field);
      String type = rope.path("rope_type").asText(rope.path("type").asText("default"));
      if (!type.equals("default")) {
        throw unsupported(source, field + ".rope_type", type, "default (no scaling)");
      }
    }
  }

  private static void only(JsonNode root, String field, String expected, String source) {
    String value = root.path(field).asText("missing");
    if (!value.equals(expected)) {
      throw unsupported(source, field, value, expected);
    }
  }

  private static IllegalArgumentException unsupported(
      String source, String field, Object value, String supported) {
    return new IllegalArgumentException(
        "%s: %s is %s, which is not supported; supported: %s"
            .formatted(source, field, value, supported));
  }

  private static double ropeTheta(JsonNode root, String source) {
    JsonNode nested = root.path("rope_parameters");
    return present(nested, "rope_theta")
        ? number(nested, "rope_theta", 10_000, source)
        : number(root, "rope_theta", 10_000, source);
  }

  private static List<Integer> eosTokens(JsonNode root, String source) {
    if (!present(root, "eos_token_id")) {
      throw wrong(source, "eos_token_id", "missing", "an integer or a list of integers");
    }
    JsonNode node = root.get("eos_token_id");
    if (!node.isArray()) {
      return List.of(integer(root, "eos_token_id", source));
    }
    List<Integer> ids = new ArrayList<>();
    for (JsonNode id : node) {
      if (!id.isInt()) {
        throw wrong(source, "eos_token_id", node, "an integer or a list of integers");
      }
      ids.add(id.intValue());
    }
    return ids;
  }

  private static boolean present(JsonNode root, String field) {
    return root.hasNonNull(field);
  }

  private static int integer(JsonNode root, String field, String source) {
    JsonNode node = root.path(field);
    if (!node.isInt()) {
      throw wrong(source, field, node.isMissingNode() ? "missing" : node, "an integer");
    }
    return node.intValue();
  }

  private static double number(JsonNode root, String field, double otherwise, String source) {
    if (!present(root, field)) {
      return otherwise;
    }
    if (!root.get(field).isNumber()) {
      throw wrong(source, field, root.get(field), "a number");
    }
    return root.get(field).doubleValue();
  }

  private static IllegalArgumentException wrong(
      String source, String field, Object value, String expected) {
    return new IllegalArgumentException(
        "%s: %s is %s, expected %s".formatted(source, field, value, expected));
  }
}
