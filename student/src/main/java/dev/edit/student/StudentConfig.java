package dev.edit.student;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shape of a student: a LLaMA decoder with grouped-query attention, RMS norms, rotary positions
 * and SwiGLU, which Mistral and Qwen2 share but for the traits of their attention.
 *
 * @param family what Hugging Face calls the model
 * @param vocabSize V, token ids are 0 to V - 1
 * @param hiddenSize D, width of the residual stream
 * @param intermediateSize F, width of the feed-forward layer
 * @param layers L, number of decoder layers
 * @param heads H, number of query heads
 * @param kvHeads K, number of key and value heads; divides {@code heads}
 * @param headDim E, width of a head; even
 * @param rmsNormEps added to the mean square in every norm
 * @param rope the rotary position embedding
 * @param attention biases and sliding window
 * @param tieWordEmbeddings whether the output head is the embedding
 * @param maxPositionEmbeddings positions of the model; see {@link #longestRow()}
 * @param bosTokenId token that begins a text, or null
 * @param eosTokenIds tokens that end a text; not empty; the first one is the one written in
 *     training
 * @param otherFields fields of {@code config.json} that do not change what the model computes, in
 *     their order; kept so that a saved folder says them again
 */
public record StudentConfig(
    ModelFamily family,
    int vocabSize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int kvHeads,
    int headDim,
    double rmsNormEps,
    RotaryEmbedding rope,
    AttentionTraits attention,
    boolean tieWordEmbeddings,
    int maxPositionEmbeddings,
    Integer bosTokenId,
    List<Integer> eosTokenIds,
    Map<String, Object> otherFields) {

  /** Checks every field; an error names the field, its value and what was expected. */
  public StudentConfig {
    positive("vocab_size", vocabSize);
    positive("hidden_size", hiddenSize);
    positive("intermediate_size", intermediateSize);
    positive("num_hidden_layers", layers);
    positive("num_attention_heads", heads);
    positive("num_key_value_heads", kvHeads);
    positive("head_dim", headDim);
    positive("max_position_embeddings", maxPositionEmbeddings);
    check(
        heads % kvHeads == 0,
        "num_key_value_heads",
        kvHeads,
        "a divisor of num_attention_heads = " + heads);
    check(headDim % 2 == 0, "head_dim", headDim, "an even number");
    check(
        rmsNormEps > 0 && Double.isFinite(rmsNormEps),
        "rms_norm_eps",
        rmsNormEps,
        "a positive number");
    check(family != null, "model_type", family, ModelFamily.supported());
    check(rope != null, "rope_theta", rope, "a rotary embedding");
    check(attention != null, "attention_bias", attention, "the traits of attention");
    if (bosTokenId != null) {
      token("bos_token_id", bosTokenId, vocabSize);
    }
    check(
        eosTokenIds != null && !eosTokenIds.isEmpty(),
        "eos_token_id",
        eosTokenIds,
        "at least one token id");
    eosTokenIds = List.copyOf(eosTokenIds);
    for (int id : eosTokenIds) {
      token("eos_token_id", id, vocabSize);
    }
    otherFields = Collections.unmodifiableMap(new LinkedHashMap<>(otherFields));
  }

  /**
   * A small student with usual choices: as many key/value heads as query heads, heads of {@code
   * hiddenSize / heads}, norm epsilon 1e-5, rotary base 10,000, an untied output head, no token
   * that begins a text.
   */
  public static StudentConfig of(
      int vocabSize,
      int hiddenSize,
      int intermediateSize,
      int layers,
      int heads,
      int maxPositionEmbeddings,
      int eosTokenId) {
    positive("num_attention_heads", heads);
    check(
        hiddenSize % heads == 0,
        "hidden_size",
        hiddenSize,
        "a multiple of num_attention_heads = " + heads);
    return new StudentConfig(
        ModelFamily.LLAMA,
        vocabSize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        heads,
        hiddenSize / heads,
        1e-5,
        RotaryEmbedding.of(10_000),
        AttentionTraits.PLAIN,
        false,
        maxPositionEmbeddings,
        null,
        List.of(eosTokenId),
        Map.of());
  }

  /** This config with another choice for {@code tie_word_embeddings}. */
  public StudentConfig withTiedHead(boolean tied) {
    return with(tied, bosTokenId, eosTokenIds);
  }

  /** This config with other tokens that begin (or null) and end a text. */
  public StudentConfig withTokens(Integer bos, List<Integer> eos) {
    return with(tieWordEmbeddings, bos, eos);
  }

  private StudentConfig with(boolean tied, Integer bos, List<Integer> eos) {
    return new StudentConfig(
        family,
        vocabSize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        kvHeads,
        headDim,
        rmsNormEps,
        rope,
        attention,
        tied,
        maxPositionEmbeddings,
        bos,
        eos,
        otherFields);
  }

  /**
   * Most tokens of a row: {@code max_position_embeddings}, times the factor where rotary scaling is
   * linear or dynamic, whose configs give the positions of pre-training there.
   */
  public int longestRow() {
    double factor = 1;
    if (rope.scaling() instanceof RopeScaling.Linear linear) {
      factor = linear.factor();
    } else if (rope.scaling() instanceof RopeScaling.Dynamic dynamic) {
      factor = dynamic.factor();
    }
    return (int) Math.min(Integer.MAX_VALUE, factor * maxPositionEmbeddings);
  }

  /** Base of the rotary frequencies. */
  public double ropeTheta() {
    return rope.theta();
  }

  /** The token that ends a text in training: the first of {@link #eosTokenIds}. */
  public int eosTokenId() {
    return eosTokenIds.get(0);
  }

  /**
   * Name and shape of every weight, in the order in which the decoder takes them. Names are those
   * of Hugging Face's LLaMA; a matrix is [outputs, inputs], and a bias follows its matrix.
   */
  public Map<String, List<Integer>> parameterShapes() {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    shapes.put("model.embed_tokens.weight", List.of(vocabSize, hiddenSize));
    for (int layer = 0; layer < layers; layer++) {
      String prefix = "model.layers." + layer + ".";
      shapes.put(prefix + "input_layernorm.weight", List.of(hiddenSize));
      boolean bias = attention.queryKeyValueBias();
      projection(shapes, prefix + "self_attn.q_proj", heads * headDim, hiddenSize, bias);
      projection(shapes, prefix + "self_attn.k_proj", kvHeads * headDim, hiddenSize, bias);
      projection(shapes, prefix + "self_attn.v_proj", kvHeads * headDim, hiddenSize, bias);
      projection(
          shapes, prefix + "self_attn.o_proj", hiddenSize, heads * headDim, attention.outputBias());
      shapes.put(prefix + "post_attention_layernorm.weight", List.of(hiddenSize));
      shapes.put(prefix + "mlp.gate_proj.weight", List.of(intermediateSize, hiddenSize));
      shapes.put(prefix + "mlp.up_proj.weight", List.of(intermediateSize, hiddenSize));
      shapes.put(prefix + "mlp.down_proj.weight", List.of(hiddenSize, intermediateSize));
    }
    shapes.put("model.norm.weight", List.of(hiddenSize));
    if (!tieWordEmbeddings) {
      shapes.put("lm_head.weight", List.of(vocabSize, hiddenSize));
    }
    return shapes;
  }

  /** Number of trained values; a tied head counts once. */
  public long parameterCount() {
    return parameterShapes().values().stream()
        .mapToLong(
            shape -> shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact))
        .sum();
  }

  private static void projection(
      Map<String, List<Integer>> shapes, String name, int outputs, int inputs, boolean bias) {
    shapes.put(name + ".weight", List.of(outputs, inputs));
    if (bias) {
      shapes.put(name + ".bias", List.of(outputs));
    }
  }

  private static void positive(String field, int value) {
    check(value > 0, field, value, "a positive integer");
  }

  private static void token(String field, int id, int vocabSize) {
    check(id >= 0 && id < vocabSize, field, id, "a token id from 0 to " + (vocabSize - 1));
  }

  static void check(boolean holds, String field, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "student config: %s is %s, expected %s".formatted(field, value, expected));
    }
  }
}
