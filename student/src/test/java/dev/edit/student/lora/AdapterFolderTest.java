package dev.edit.student.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.student.StudentConfig;
import dev.edit.student.StudentFolder;
import dev.edit.student.files.Dtype;
import dev.edit.student.files.Safetensors;
import dev.edit.student.files.TensorData;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdapterFolderTest {
  private static final StudentConfig SMALL = StudentConfig.of(9, 8, 12, 2, 2, 16, 0);
  private static final LoraSettings SETTINGS =
      LoraSettings.of(3, 6, 0.1, List.of("v_proj", "up_proj"));
  private static final String Q0_A =
      "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight";

  @TempDir private Path folder;

  /** The folder that real peft wrote; its README says how. */
  private static Path fixture() throws URISyntaxException {
    return Path.of(AdapterFolderTest.class.getResource("peft").toURI());
  }

  @Test
  void shouldReadWhatPeftWrote() throws Exception {
    StudentConfig config = StudentFolder.read(fixture().resolve("base")).config();
    AdapterFolder read = AdapterFolder.read(fixture().resolve("adapter"), config);
    assertThat(read.baseModel()).isEqualTo("base");
    assertThat(read.adapter().settings())
        .isEqualTo(LoraSettings.of(4, 6, 0.05, List.of("q_proj", "v_proj", "down_proj")));
    assertThat(read.adapter().tensors()).hasSize(2 * 3 * 2);
    assertThat(read.adapter().tensors().get("model.layers.1.mlp.down_proj.lora_A.weight").shape())
        .containsExactly(4, 12);

    read.write(folder);
    assertThat(Safetensors.sha256(Safetensors.read(folder.resolve(AdapterFolder.MODEL))))
        .isEqualTo(
            Safetensors.sha256(
                Safetensors.read(fixture().resolve("adapter").resolve(AdapterFolder.MODEL))));
  }

  @ParameterizedTest
  @EnumSource(Dtype.class)
  void shouldReadBackWhatItWrote(Dtype dtype) throws IOException {
    LoraAdapter adapter = LoraAdapter.create(SMALL, SETTINGS, 5);
    AdapterFolder written = new AdapterFolder(adapter, "org/base");
    String sha256 = written.write(folder, dtype);
    AdapterFolder read = AdapterFolder.read(folder, SMALL);
    assertThat(read.adapter().settings()).isEqualTo(SETTINGS);
    assertThat(read.baseModel()).isEqualTo("org/base");
    assertThat(read.adapter().tensors().keySet())
        .containsExactlyElementsOf(LoraAdapter.shapes(SMALL, SETTINGS).keySet());
    assertThat(read.write(folder, dtype)).isEqualTo(sha256);
    if (dtype == Dtype.F32) {
      assertThat(written.sha256()).isEqualTo(sha256);
    }
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void shouldWriteTheConfigThatPeftReads() {
    assertThat(AdapterConfigJson.write(LoraSettings.PAPER, "org/base"))
        .isEqualToIgnoringWhitespace(
            """
            {
              "alpha_pattern": {},
              "base_model_name_or_path": "org/base",
              "bias": "none",
              "fan_in_fan_out": false,
              "inference_mode": true,
              "lora_alpha": 32,
              "lora_dropout": 0.05,
              "modules_to_save": null,
              "peft_type": "LORA",
              "r": 64,
              "rank_pattern": {},
              "target_modules": ["q_proj", "v_proj"],
              "task_type": "CAUSAL_LM",
              "use_dora": false,
              "use_rslora": false
            }
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"use_dora\": true|use_dora is true, which is not supported; supported: false",
        "\"use_rslora\": true|use_rslora is true, which is not supported; supported: false",
        "\"lora_bias\": true|lora_bias is true, which is not supported; supported: false",
        "\"fan_in_fan_out\": true|fan_in_fan_out is true, which is not supported; supported: false",
        "\"bias\": \"all\"|bias is all, which is not supported; supported: none",
        "\"modules_to_save\": [\"lm_head\"]|modules_to_save is [\"lm_head\"], which is not supported; supported: null",
        "\"rank_pattern\": {\"q_proj\": 8}|rank_pattern is {\"q_proj\":8}, which is not supported; supported: null",
        "\"alpha_pattern\": {\"q_proj\": 8}|alpha_pattern is {\"q_proj\":8}",
        "\"layers_to_transform\": [0]|layers_to_transform is [0]",
        "\"layers_to_transform\": 0|layers_to_transform is 0",
        "\"init_lora_weights\": \"pissa\"|init_lora_weights is pissa",
        "\"peft_type\": \"IA3\"|peft_type is IA3, which is not supported; supported: LORA",
        "\"task_type\": \"SEQ_CLS\"|task_type is SEQ_CLS, which is not supported; supported: CAUSAL_LM",
        "\"r\": 0|lora: r is 0, expected a positive integer",
        "\"r\": null|r is null, expected an integer",
        "\"lora_alpha\": \"6\"|lora_alpha is \"6\", expected a number",
        "\"target_modules\": \".*proj\"|target_modules is \".*proj\", expected a list of texts",
        "\"target_modules\": [\"lm_head\"]|lora: target_modules has lm_head, expected any of q_proj",
      })
  void shouldNameFileFieldAndValueWhenTheConfigAsksForMore(String field, String message)
      throws IOException {
    new AdapterFolder(LoraAdapter.create(SMALL, SETTINGS, 5), null).write(folder);
    Path config = folder.resolve(AdapterFolder.CONFIG);
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = (ObjectNode) json.readTree(config.toFile());
    root.setAll((ObjectNode) json.readTree("{" + field + "}"));
    Files.writeString(config, root.toString());
    assertThatThrownBy(() -> AdapterFolder.read(folder, SMALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("adapter_config.json: " + message);
  }

  @Test
  void shouldNameFileAndTensorWhenTensorsDoNotFit() throws Exception {
    StudentConfig config = StudentFolder.read(fixture().resolve("base")).config();
    Path source = fixture().resolve("adapter");
    Files.copy(source.resolve(AdapterFolder.CONFIG), folder.resolve(AdapterFolder.CONFIG));
    Map<String, TensorData> whole = Safetensors.read(source.resolve(AdapterFolder.MODEL));

    Map<String, TensorData> tensors = new HashMap<>(whole);
    tensors.remove(Q0_A);
    refused(
        tensors,
        config,
        "tensor model.layers.0.self_attn.q_proj.lora_A.weight is missing, expected shape [4, 8]");
    tensors.put(Q0_A, new TensorData(List.of(4, 4), new float[16]));
    refused(tensors, config, "q_proj.lora_A.weight has shape [4, 4], expected [4, 8]");
    tensors.put(Q0_A, whole.get(Q0_A));
    tensors.put("lm_head.lora_A.weight", whole.get(Q0_A));
    refused(
        tensors,
        config,
        "tensor lm_head.lora_A.weight, expected a name that begins with base_model.model.");
    tensors.remove("lm_head.lora_A.weight");
    tensors.put("base_model.model.model.embed_tokens.weight", whole.get(Q0_A));
    refused(tensors, config, "tensor model.embed_tokens.weight belongs to none of the targets");
    refused(whole, SMALL, "v_proj.lora_B.weight has shape [4, 4], expected [8, 4]");
    Files.delete(folder.resolve(AdapterFolder.MODEL));
    assertThatThrownBy(() -> AdapterFolder.read(folder, config))
        .hasMessageContaining("adapter_model.safetensors: no such file");
  }

  private void refused(Map<String, TensorData> tensors, StudentConfig config, String message)
      throws IOException {
    Safetensors.write(folder.resolve(AdapterFolder.MODEL), tensors);
    assertThatThrownBy(() -> AdapterFolder.read(folder, config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("adapter_model.safetensors: ")
        .hasMessageContaining(message);
  }
}
