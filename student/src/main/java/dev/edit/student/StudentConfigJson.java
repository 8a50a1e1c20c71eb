package dev.edit.student;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.student.files.JsonFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads and writes Hugging Face's {@code config.json} for a {@link StudentConfig}. A feature that
 * would change the model's outputs and is not implemented is refused by name; a field that would
 * not is carried along.
 */
final class StudentConfigJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** What {@link #write} says itself. */
  private static final Set<String> OWN_FIELDS =
      Set.of(
          "architectures",
          "model_type",
          "vocab_size",
          "hidden_size",
          "intermediate_size",
          "num_hidden_layers",
          "num_attention_heads",
          "num_key_value_heads",
          "head_dim",
          "hidden_act",
          "max_position_embeddings",
          "rms_norm_eps",
          "rope_theta",
          "rope_scaling",
          "rope_parameters",
          "partial_rotary_factor",
          "tie_word_embeddings",
          "attention_bias",
          "mlp_bias",
          "sliding_window",
          "use_sliding_window",
          "max_window_layers",
          "layer_types",
          "bos_token_id",
          "eos_token_id",
          "torch_dtype",
          "dtype");

  private StudentConfigJson() {}

  /** Parses {@code json}; {@code source} stands in front of every error. */
  static StudentConfig read(String json, String source) {
    return read(json, source, List.of());
  }

  /**
   * Parses {@code json}.
   *
   * @param moreEosTokens tokens that end a text besides those of {@code eos_token_id}, such as
   *     those of {@code generation_config.json}
   */
  static StudentConfig read(String json, String source, List<Integer> moreEosTokens) {
    JsonFields root = JsonFields.parse(json, source);
    try {
      return new StudentConfigReader(root).read(moreEosTokens, otherFields(root));
    } catch (IllegalArgumentException e) {
      throw e.getMessage().startsWith(source)
          ? e
          : new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  /** {@code eos_token_id} of a {@code generation_config.json}; empty where it says none. */
  static List<Integer> readGenerationEos(String json, String source) {
    return JsonFields.parse(json, source).integers("eos_token_id");
  }

  /** {@code config.json} with a trailing newline; the same config gives the same bytes. */
  static String write(StudentConfig config) {
    return write(config, "float32");
  }

  /** The same for weights of another type: {@code float32}, {@code float16} or {@code bfloat16}. */
  static String write(StudentConfig config, String torchDtype) {
    ObjectNode root = JSON.createObjectNode();
    root.putArray("architectures").add(config.family().architecture());
    root.put("model_type", config.family().modelType());
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
    RopeJson.write(root, config.rope());
    root.put("tie_word_embeddings", config.tieWordEmbeddings());
    putAttention(root, config);
    putTokens(root, config);
    root.put("torch_dtype", torchDtype);
    config.otherFields().forEach((field, value) -> root.set(field, JSON.valueToTree(value)));
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

  private static void putAttention(ObjectNode root, StudentConfig config) {
    AttentionTraits attention = config.attention();
    switch (config.family()) {
      case LLAMA -> {
        root.put("attention_bias", attention.outputBias());
        root.put("mlp_bias", false);
      }
      case MISTRAL -> putWindow(root, attention);
      case QWEN2 -> {
        root.put("use_sliding_window", attention.slidingWindow() > 0);
        putWindow(root, attention);
        root.put(
            "max_window_layers",
            attention.slidingWindow() > 0 ? attention.firstWindowedLayer() : config.layers());
      }
    }
  }

  private static void putWindow(ObjectNode root, AttentionTraits attention) {
    if (attention.slidingWindow() > 0) {
      root.put("sliding_window", attention.slidingWindow());
    } else {
      root.putNull("sliding_window"); // Without the field, Mistral has a window of 4096.
    }
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

  private static Map<String, Object> otherFields(JsonFields root) {
    Map<String, Object> others = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.root().properties()) {
      if (!OWN_FIELDS.contains(entry.getKey())) {
        others.put(
            entry.getKey(), JSON.convertValue(entry.getValue(), new TypeReference<Object>() {}));
      }
    }
    return others;
  }

  private static String text(ObjectNode root) {
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values could not be written as JSON", e);
    }
  }
}
