package dev.edit.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StudentConfigJsonTest {
  private static final String SMALL =
      """
      {"model_type": "llama", "vocab_size": 10, "hidden_size": 8, "intermediate_size": 12,
       "num_hidden_layers": 2, "num_attention_heads": 2, "eos_token_id": 1}""";

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldReadBackWhatItWrote(StudentConfig config) {
    assertThat(StudentConfigJson.read(StudentConfigJson.write(config), "config.json"))
        .isEqualTo(config);
  }

  @Test
  void shouldFillInTheDefaultsOfLlama() {
    assertThat(StudentConfigJson.read(SMALL, "config.json"))
        .isEqualTo(
            new StudentConfig(
                ModelFamily.LLAMA,
                10,
                8,
                12,
                2,
                2,
                2,
                4,
                1e-6,
                RotaryEmbedding.of(10_000),
                AttentionTraits.PLAIN,
                false,
                2048,
                null,
                List.of(1),
                Map.of()));
  }

  @Test
  void shouldReadRopeParametersAndListsOfTokens() {
    String json =
        SMALL
            .replace("\"eos_token_id\": 1", "\"eos_token_id\": [1, 3], \"bos_token_id\": 0")
            .replace(
                "{\"model",
                "{\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 5e5}, \"model");
    StudentConfig config = StudentConfigJson.read(json, "config.json");
    assertThat(config.ropeTheta()).isEqualTo(5e5);
    assertThat(config.eosTokenIds()).containsExactly(1, 3);
    assertThat(config.bosTokenId()).isZero();
    assertThat(StudentConfigJson.read(StudentConfigJson.write(config), "x")).isEqualTo(config);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"model_type\": \"llama\"|\"model_type\": \"gemma\"|model_type is gemma, which is not supported; supported: llama, mistral, qwen2",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"mlp_bias\": true|mlp_bias is true, which is not supported; supported: false",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"attention_bias\": \"no\"|attention_bias is \"no\", expected true or false",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"quantization_config\": {\"bits\": 4}|quantization_config is {\"bits\":4}, which is not supported; supported: none",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"torch_dtype\": \"float8_e4m3fn\"|torch_dtype is float8_e4m3fn",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"architectures\": [\"LlamaForSequenceClassification\"]|architectures is [\"LlamaForSequenceClassification\"], which is not supported; supported: LlamaForCausalLM",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"partial_rotary_factor\": 0.5|partial_rotary_factor is 0.5, which is not supported; supported: 1",
        "\"num_attention_heads\": 2|\"num_attention_heads\": 3|head_dim is missing, expected an integer, since hidden_size / num_attention_heads is none",
        "\"model_type\": \"llama\"|\"x\": 1|model_type is missing, which is not supported; supported: llama, mistral, qwen2",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"rope_scaling\": {\"rope_type\": \"longrope\"}|rope_scaling.rope_type is longrope, which is not supported; supported: default, linear, dynamic, llama3",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"rope_scaling\": {\"type\": \"mrope\"}|rope_scaling.type is mrope",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"rope_scaling\": {\"type\": \"linear\"}|rope_scaling.factor is missing, expected a number",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 0.5}|rope_scaling.factor is 0.5, expected a number from 1 on",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 8, \"low_freq_factor\": 4, \"high_freq_factor\": 4, \"original_max_position_embeddings\": 16}|rope_scaling.high_freq_factor is 4.0, expected more than low_freq_factor = 4.0",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"rope_scaling\": {\"type\": \"linear\", \"factor\": 2}, \"rope_parameters\": {\"rope_type\": \"default\"}|rope_scaling is {\"type\":\"linear\",\"factor\":2}, expected the same as rope_parameters, or null",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"rope_parameters\": {\"full_attention\": {\"rope_theta\": 1}}|rope_parameters.full_attention is {\"rope_theta\":1}",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"rope_parameters\": {\"rope_type\": \"yarn\"}|rope_parameters.rope_type is yarn",
        "\"llama\"|\"mistral\", \"num_key_value_heads\": 1, \"attention_bias\": true|attention_bias is true, which is not supported; supported: false where model_type is mistral",
        "\"llama\"|\"mistral\", \"num_key_value_heads\": 1, \"sliding_window\": 0|sliding_window is 0, expected a positive integer, or null",
        "\"llama\"|\"mistral\"|num_key_value_heads is 8, expected a divisor of num_attention_heads = 2",
        "\"llama\"|\"qwen2\", \"num_key_value_heads\": 1, \"layer_types\": [\"full_attention\", \"sliding_attention\"]|layer_types is [\"full_attention\",\"sliding_attention\"], which is not supported",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"hidden_act\": \"gelu\"|hidden_act is gelu",
        "\"eos_token_id\": 1|\"eos_token_id\": 10|eos_token_id is 10, expected a token id from 0 to 9",
        "\"eos_token_id\": 1|\"x\": 1|eos_token_id is missing, expected an integer or a list of integers",
        "\"hidden_size\": 8|\"hidden_size\": \"8\"|hidden_size is \"8\", expected an integer",
        "\"vocab_size\": 10|\"x\": 10|vocab_size is missing, expected an integer",
        "\"vocab_size\": 10|\"vocab_size\": 0|vocab_size is 0, expected a positive integer",
        "\"num_attention_heads\": 2|\"num_attention_heads\": 0|num_attention_heads is 0, expected a positive integer",
        "\"num_attention_heads\": 2|\"num_attention_heads\": 4, \"num_key_value_heads\": 3|num_key_value_heads is 3, expected a divisor of num_attention_heads = 4",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"head_dim\": 5|head_dim is 5, expected an even number",
      })
  void shouldNameSourceFieldValueAndExpectationWhenRefusing(
      String old, String now, String message) {
    assertThatThrownBy(() -> StudentConfigJson.read(SMALL.replace(old, now), "m/config.json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("m/config.json: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 4.0}|Linear[factor=4.0]",
        "\"rope_scaling\": {\"rope_type\": \"dynamic\", \"factor\": 2}|Dynamic[factor=2.0]",
        "\"rope_parameters\": {\"rope_type\": \"linear\", \"factor\": 3}|Linear[factor=3.0]",
        "\"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 8, \"low_freq_factor\": 1, \"high_freq_factor\": 4, \"original_max_position_embeddings\": 512}|Llama3[factor=8.0, lowFreqFactor=1.0, highFreqFactor=4.0, originalPositions=512]",
        "\"rope_scaling\": null|Unscaled[]",
      })
  void shouldReadEveryScalingOfTheRotaryEmbedding(String field, String scaling) {
    StudentConfig config =
        read(SMALL.replace("\"eos_token_id\": 1", field + ", \"eos_token_id\": 1"));
    assertThat(config.rope().scaling()).hasToString(scaling);
    assertThat(read(StudentConfigJson.write(config))).isEqualTo(config);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "llama|\"attention_bias\": true|true|true|0|0",
        "llama|\"sliding_window\": 16|false|false|0|0",
        "mistral|\"sliding_window\": 16|false|false|16|16",
        "mistral|\"sliding_window\": null|false|false|0|0",
        "mistral|\"num_key_value_heads\": 1|false|false|4096|4096",
        "qwen2|\"sliding_window\": 16|true|false|0|0",
        "qwen2|\"sliding_window\": 16, \"use_sliding_window\": true, \"max_window_layers\": 1|true|false|0|16",
        "qwen2|\"sliding_window\": 16, \"use_sliding_window\": true|true|false|0|0",
        "qwen2|\"sliding_window\": 16, \"use_sliding_window\": true, \"max_window_layers\": 1, \"layer_types\": [\"full_attention\", \"sliding_attention\"]|true|false|0|16",
      })
  void shouldReadBiasesAndWindowsAsEachFamilyMeansThem(
      String family, String field, boolean bias, boolean outputBias, int below, int above) {
    StudentConfig config =
        read(
            SMALL
                .replace("\"llama\"", "\"" + family + "\", \"num_key_value_heads\": 2")
                .replace("\"eos_token_id\": 1", field + ", \"eos_token_id\": 1"));
    assertThat(config.family().modelType()).isEqualTo(family);
    assertThat(config.attention().queryKeyValueBias()).isEqualTo(bias);
    assertThat(config.attention().outputBias()).isEqualTo(outputBias);
    assertThat(config.attention().window(0)).isEqualTo(below);
    assertThat(config.attention().window(1)).isEqualTo(above);
    String prefix = "model.layers.1.self_attn.";
    assertThat(config.parameterShapes().containsKey(prefix + "k_proj.bias")).isEqualTo(bias);
    assertThat(config.parameterShapes().containsKey(prefix + "o_proj.bias")).isEqualTo(outputBias);
    StudentConfig again = read(StudentConfigJson.write(config));
    assertThat(again.attention()).isEqualTo(config.attention());
  }

  @Test
  void shouldCarryFieldsThatChangeNothing() {
    StudentConfig config =
        read(
            SMALL.replace(
                "\"eos_token_id\": 1",
                "\"eos_token_id\": 1, \"initializer_range\": 0.02, \"use_cache\": true,"
                    + " \"pad_token_id\": null, \"tags\": [{\"a\": 1}], \"dtype\": \"bfloat16\""));
    assertThat(config.otherFields())
        .containsOnlyKeys("initializer_range", "use_cache", "pad_token_id", "tags");
    String written = StudentConfigJson.write(config, "float16");
    assertThat(written)
        .contains("\"initializer_range\" : 0.02", "\"pad_token_id\" : null", "\"a\" : 1")
        .contains("\"torch_dtype\" : \"float16\"")
        .doesNotContain("\"dtype\"");
    assertThat(read(written)).isEqualTo(config);
  }

  @Test
  void shouldAddTheTokensOfTheGenerationConfigAfterItsOwn() {
    String generation = "{\"eos_token_id\": [3, 1]}";
    List<Integer> more = StudentConfigJson.readGenerationEos(generation, "generation_config.json");
    assertThat(StudentConfigJson.read(SMALL, "c", more).eosTokenIds()).containsExactly(1, 3);
    assertThat(StudentConfigJson.readGenerationEos("{}", "g")).isEmpty();
  }

  private static StudentConfig read(String json) {
    return StudentConfigJson.read(json, "config.json");
  }

  @Test
  void shouldSayThatItIsNotJsonWhenItIsNot() {
    assertThatThrownBy(() -> StudentConfigJson.read("{", "c"))
        .hasMessageStartingWith("c: not valid JSON: ");
    assertThatThrownBy(() -> StudentConfigJson.read("[]", "c"))
        .hasMessage("c: expected a JSON object, found ARRAY");
  }
}
