package dev.edit.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
            new StudentConfig(10, 8, 12, 2, 2, 2, 4, 1e-6, 10_000, false, 2048, null, List.of(1)));
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
        "\"model_type\": \"llama\"|\"model_type\": \"qwen2\"|model_type is qwen2, which is not supported; supported: llama",
        "\"model_type\": \"llama\"|\"x\": 1|model_type is missing, which is not supported; supported: llama",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"rope_scaling\": {\"rope_type\": \"llama3\"}|rope_scaling.rope_type is llama3",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"rope_scaling\": {\"type\": \"linear\"}|rope_scaling.rope_type is linear",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"rope_parameters\": {\"rope_type\": \"yarn\"}|rope_parameters.rope_type is yarn",
        "\"eos_token_id\": 1|\"eos_token_id\": 1, \"attention_bias\": true|attention_bias is true",
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

  @Test
  void shouldSayThatItIsNotJsonWhenItIsNot() {
    assertThatThrownBy(() -> StudentConfigJson.read("{", "c"))
        .hasMessageStartingWith("c: not valid JSON: ");
    assertThatThrownBy(() -> StudentConfigJson.read("[]", "c"))
        .hasMessage("c: expected a JSON object, found ARRAY");
  }
}
