package dev.edit.student;

import dev.edit.student.files.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A {@link StudentConfig} from the fields of {@code config.json}. Where a field is missing it takes
 * the value that Hugging Face's configuration class of the family would have, save for sizes and
 * tokens, which must be there.
 */
final class StudentConfigReader {
  private static final Set<String> DTYPES = Set.of("float32", "float16", "bfloat16");
  private static final int DEFAULT_WINDOW = 4096;
  private static final int QWEN2_FIRST_WINDOWED_LAYER = 28;

  private final JsonFields root;
  private final ModelFamily family;

  StudentConfigReader(JsonFields root) {
    this.root = root;
    this.family =
        ModelFamily.of(root.root().path("model_type").asText(""))
            .orElseThrow(() -> root.unsupported("model_type", ModelFamily.supported()));
  }

  StudentConfig read(List<Integer> moreEosTokens, Map<String, Object> otherFields) {
    refuseUnsupported();
    int hidden = root.integer("hidden_size");
    int layers = root.integer("num_hidden_layers");
    int heads = root.integer("num_attention_heads");
    AttentionTraits attention = attention(layers);
    return new StudentConfig(
        family,
        root.integer("vocab_size"),
        hidden,
        root.integer("intermediate_size"),
        layers,
        heads,
        root.mentioned("num_key_value_heads")
            ? root.integer("num_key_value_heads", heads)
            : defaultKvHeads(heads),
        root.present("head_dim") ? root.integer("head_dim") : headDim(hidden, heads),
        root.number("rms_norm_eps", 1e-6),
        RopeJson.read(root),
        attention,
        root.flag("tie_word_embeddings", false),
        root.integer("max_position_embeddings", defaultPositions()),
        root.present("bos_token_id") ? root.integer("bos_token_id") : null,
        eosTokens(moreEosTokens),
        otherFields);
  }

  private void refuseUnsupported() {
    if (!root.text("hidden_act", "silu").equals("silu")) {
      throw root.unsupported("hidden_act", "silu");
    }
    if (family == ModelFamily.LLAMA && root.flag("mlp_bias", false)) {
      throw root.unsupported("mlp_bias", "false");
    }
    for (String field : List.of("quantization_config", "compression_config")) {
      if (root.present(field)) {
        throw root.unsupported(field, "none");
      }
    }
    for (String field : List.of("torch_dtype", "dtype")) {
      if (!DTYPES.contains(root.text(field, "float32"))) {
        throw root.unsupported(field, "float32, float16, bfloat16");
      }
    }
    if (root.present("architectures")
        && !root.texts("architectures").contains(family.architecture())) {
      throw root.unsupported("architectures", family.architecture());
    }
  }

  private AttentionTraits attention(int layers) {
    AttentionTraits attention =
        switch (family) {
          case LLAMA -> {
            boolean bias = root.flag("attention_bias", false);
            yield new AttentionTraits(bias, bias, 0, 0);
          }
          case MISTRAL -> {
            if (root.flag("attention_bias", false)) {
              throw root.unsupported("attention_bias", "false where model_type is mistral");
            }
            yield new AttentionTraits(false, false, window(), 0);
          }
          case QWEN2 ->
              new AttentionTraits(
                  true,
                  false,
                  root.flag("use_sliding_window", false) ? window() : 0,
                  root.integer("max_window_layers", QWEN2_FIRST_WINDOWED_LAYER));
        };
    checkLayerTypes(attention, layers);
    return attention;
  }

  private int window() {
    if (!root.mentioned("sliding_window")) {
      return DEFAULT_WINDOW;
    }
    int window = root.integer("sliding_window", 0);
    if (root.present("sliding_window") && window < 1) {
      throw root.wrong("sliding_window", "a positive integer, or null");
    }
    return window;
  }

  /** Newer libraries name the kind of every layer; it must be the one that the other fields say. */
  private void checkLayerTypes(AttentionTraits attention, int layers) {
    if (!root.present("layer_types") || family == ModelFamily.LLAMA) {
      return;
    }
    List<String> expected = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      expected.add(attention.window(layer) > 0 ? "sliding_attention" : "full_attention");
    }
    if (!root.texts("layer_types").equals(expected)) {
      throw root.unsupported(
          "layer_types", "what sliding_window and max_window_layers say: " + expected);
    }
  }

  private int defaultKvHeads(int heads) {
    return switch (family) {
      case LLAMA -> heads;
      case MISTRAL -> 8;
      case QWEN2 -> 32;
    };
  }

  private int defaultPositions() {
    return switch (family) {
      case LLAMA -> 2048;
      case MISTRAL -> 131_072;
      case QWEN2 -> 32_768;
    };
  }

  private int headDim(int hidden, int heads) {
    if (heads > 0 && hidden % heads != 0) {
      throw root.wrong("head_dim", "an integer, since hidden_size / num_attention_heads is none");
    }
    return hidden / Math.max(heads, 1);
  }

  private List<Integer> eosTokens(List<Integer> more) {
    Set<Integer> ids = new LinkedHashSet<>(root.integers("eos_token_id"));
    ids.addAll(more);
    if (ids.isEmpty()) {
      throw root.wrong("eos_token_id", "an integer or a list of integers");
    }
    return List.copyOf(ids);
  }
}
