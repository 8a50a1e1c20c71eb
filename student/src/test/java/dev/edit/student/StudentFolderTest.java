package dev.edit.student;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.student.files.Dtype;
import dev.edit.student.files.Safetensors;
import dev.edit.student.files.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StudentFolderTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldKeepConfigWeightsAndTokenizerWhenAStudentIsLoadedAndSaved(StudentConfig config)
      throws IOException {
    Path tokenizer = Files.writeString(folder.resolve("tokenizer.json"), "{\"any\": \"bytes ä\"}");
    Map<String, TensorData> weights = InitialWeights.create(config, 4);
    Path first = folder.resolve("first");
    String sha = StudentFolder.of(config, weights, tokenizer).write(first);
    Path second = folder.resolve("second");
    try (Student student = Student.load(first)) {
      assertThat(student.config()).isEqualTo(config);
      assertThat(student.sha256()).isEqualTo(sha);
      assertThat(student.save(second)).isEqualTo(sha);
      assertThat(student.parameterCount())
          .isEqualTo(weights.values().stream().mapToLong(tensor -> tensor.values().length).sum());
    }
    for (String name :
        List.of("config.json", "generation_config.json", "tokenizer.json", "model.safetensors")) {
      assertThat(second.resolve(name)).hasSameBinaryContentAs(first.resolve(name));
    }
    assertThat(second).isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
  }

  @Test
  void shouldNameTheTensorWhenWeightsDoNotFitTheConfig() throws IOException {
    StudentConfig config = StudentConfig.of(5, 4, 6, 1, 2, 16, 0);
    Map<String, TensorData> weights = new LinkedHashMap<>(InitialWeights.create(config, 1));
    new StudentFolder(config, weights, Map.of()).write(folder);
    Path model = folder.resolve("model.safetensors");

    TensorData norm = weights.remove("model.norm.weight");
    Safetensors.write(model, weights);
    assertThatThrownBy(() -> StudentFolder.read(folder))
        .hasMessageContaining(
            "model.safetensors: tensor model.norm.weight is missing, expected shape [4]");

    weights.put("model.norm.weight", new TensorData(List.of(2, 2), norm.values()));
    Safetensors.write(model, weights);
    assertThatThrownBy(() -> StudentFolder.read(folder))
        .hasMessageContaining("tensor model.norm.weight has shape [2, 2], expected [4]");

    weights.put("model.norm.weight", norm);
    weights.put("model.layers.1.mlp.up_proj.weight", norm);
    Safetensors.write(model, weights);
    assertThatThrownBy(() -> StudentFolder.read(folder))
        .hasMessageContaining(
            "tensor model.layers.1.mlp.up_proj.weight is not part of the configured model");
  }

  @ParameterizedTest
  @EnumSource(Dtype.class)
  void shouldReadBackAShardedFolderOfEveryTypeWhenSaved(Dtype dtype) throws IOException {
    StudentConfig config = StudentConfig.of(50, 16, 24, 2, 2, 16, 0);
    Map<String, byte[]> files =
        Map.of(
            "generation_config.json",
                "{\"temperature\": 0.6, \"eos_token_id\": [0, 3]}".getBytes(UTF_8),
            "chat_template.jinja", "{{ messages }}".getBytes(UTF_8));
    StudentFolder student = new StudentFolder(config, InitialWeights.create(config, 3), files);
    Map<String, String> sha256 = student.write(folder, new SaveOptions(dtype, 3000));
    assertThat(sha256).hasSizeGreaterThan(2);
    assertThat(folder.resolve("config.json")).content().contains(dtype.torchName());

    StudentFolder read = StudentFolder.read(folder);
    assertThat(read.config()).isEqualTo(config.withTokens(null, List.of(0, 3)));
    assertThat(read.tokenizer()).containsOnlyKeys(files.keySet());
    assertThat(read.weights().values()).allMatch(tensor -> tensor.dtype() == dtype);
    assertThat(
            new StudentFolder(config, read.weights(), files)
                .write(folder, new SaveOptions(dtype, 3000)))
        .isEqualTo(sha256);
    assertThat(StudentFolder.read(folder).write(folder)).isNotNull();
    assertThat(folder).isDirectoryNotContaining("glob:**model-*");
    assertThat(StudentFolder.read(folder).weights().values())
        .allMatch(tensor -> tensor.dtype() == Dtype.F32);
  }

  @Test
  void shouldPassOverRotaryTablesThatOldLibrariesStored() throws IOException {
    StudentConfig config = StudentConfig.of(5, 4, 6, 1, 2, 16, 0);
    Map<String, TensorData> weights = new LinkedHashMap<>(InitialWeights.create(config, 1));
    new StudentFolder(config, weights, Map.of()).write(folder);
    weights.put(
        "model.layers.0.self_attn.rotary_emb.inv_freq",
        new TensorData(List.of(1), new float[] {1}));
    Safetensors.write(folder.resolve("model.safetensors"), weights);
    assertThat(StudentFolder.read(folder).weights()).hasSize(weights.size() - 1);
  }

  @Test
  void shouldNameTheFileWhenTheFolderIsIncomplete() {
    assertThatThrownBy(() -> StudentFolder.read(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("config.json: no such file; expected a Hugging Face model folder");
  }

  @Test
  void shouldAcceptATiedHeadThatIsStoredTwice() throws IOException {
    StudentConfig config = RandomStudents.config(8, 8, 1, 2, 2, 4, true);
    Map<String, TensorData> weights = new LinkedHashMap<>(InitialWeights.create(config, 1));
    new StudentFolder(config, weights, Map.of()).write(folder);
    weights.put("lm_head.weight", weights.get("model.embed_tokens.weight"));
    Safetensors.write(folder.resolve("model.safetensors"), weights);
    assertThat(StudentFolder.read(folder).weights()).doesNotContainKey("lm_head.weight");
  }

  @Test
  void shouldGiveTheSameInitialWeightsWhenTheSeedIsTheSame() {
    StudentConfig config = StudentConfig.of(200, 64, 160, 3, 4, 128, 0);
    Map<String, TensorData> weights = InitialWeights.create(config, 7);
    assertThat(Safetensors.sha256(InitialWeights.create(config, 7)))
        .isEqualTo(Safetensors.sha256(weights))
        .isNotEqualTo(Safetensors.sha256(InitialWeights.create(config, 8)));
    assertThat(deviation(weights.get("model.embed_tokens.weight"))).isBetween(0.97, 1.03);
    assertThat(deviation(weights.get("model.layers.2.mlp.gate_proj.weight"))).isBetween(0.12, 0.13);
    assertThat(deviation(weights.get("model.layers.0.self_attn.o_proj.weight")))
        .isBetween(0.019, 0.021);
  }

  private static double deviation(TensorData tensor) {
    double square = 0;
    for (float value : tensor.values()) {
      square += (double) value * value;
    }
    return Math.sqrt(square / tensor.values().length);
  }
}
