package dev.edit.student.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelWeightsTest {
  @TempDir private Path folder;

  private static Map<String, TensorData> tensors(Random random) {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    for (int i = 0; i < 6; i++) {
      float[] values = new float[4 * (1 + random.nextInt(50))];
      for (int j = 0; j < values.length; j++) {
        values[j] = random.nextInt(2000) / 8f;
      }
      tensors.put(
          "t." + random.nextInt(100) + "." + i,
          new TensorData(List.of(4, values.length / 4), values));
    }
    return tensors;
  }

  @Test
  void shouldReadBackEveryTensorWhateverTheSizeOfTheShards() throws IOException {
    for (long seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      Map<String, TensorData> tensors = tensors(random);
      Dtype dtype = Dtype.values()[random.nextInt(3)];
      long most = 1 + random.nextInt(2500);
      Map<String, String> written = ModelWeights.write(folder, tensors, dtype, most);
      Map<String, TensorData> read = ModelWeights.read(folder);
      assertThat(read.keySet()).as("seed %d", seed).isEqualTo(tensors.keySet());
      tensors.forEach(
          (name, tensor) -> {
            assertThat(read.get(name).shape()).isEqualTo(tensor.shape());
            assertThat(read.get(name).dtype()).isEqualTo(dtype);
          });
      if (dtype != Dtype.BF16) { // The values have 11 bits; bfloat16 has 8.
        tensors.forEach(
            (name, tensor) -> assertThat(read.get(name).values()).isEqualTo(tensor.values()));
      }
      assertThat(names()).as("seed %d", seed).isEqualTo(expectedNames(written));
    }
  }

  private static List<String> expectedNames(Map<String, String> written) {
    return Stream.concat(
            written.keySet().stream(),
            written.size() > 1 ? Stream.of(ModelWeights.INDEX) : Stream.empty())
        .sorted()
        .toList();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void shouldFillShardsInOrderAndSayWhereEachTensorIs() throws IOException {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    for (String name : List.of("c", "a", "b")) {
      tensors.put(name, new TensorData(List.of(10), new float[10]));
    }
    assertThat(ModelWeights.write(folder, tensors, Dtype.BF16, 40).keySet())
        .containsExactly("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");
    JsonNode index = new ObjectMapper().readTree(folder.resolve(ModelWeights.INDEX).toFile());
    assertThat(index)
        .hasToString(
            "{\"metadata\":{\"total_size\":60},\"weight_map\":{"
                + "\"a\":\"model-00001-of-00002.safetensors\","
                + "\"b\":\"model-00002-of-00002.safetensors\","
                + "\"c\":\"model-00001-of-00002.safetensors\"}}");
  }

  @Test
  void shouldNameFileAndTensorWhenIndexAndShardsDisagree() throws IOException {
    Path shard = folder.resolve("model-00001-of-00001.safetensors");
    TensorData one = new TensorData(List.of(1), new float[] {1});
    Safetensors.write(shard, Map.of("a", one, "b", one));
    refused(
        index("\"a\": \"model-00001-of-00001.safetensors\""),
        "tensor b is there, but weight_map of",
        "says null");
    String both =
        "\"a\": \"model-00001-of-00001.safetensors\", \"b\": \"model-00001-of-00001.safetensors\"";
    refused(
        index(both + ", \"c\": \"model-00001-of-00001.safetensors\""),
        "model-00001-of-00001.safetensors: tensor c is missing");
    refused(index(both + ", \"c\": \"x.safetensors\""), "x.safetensors: no such file");
    refused(
        index("\"a\": \"../model.safetensors\""),
        "weight_map.a is \"../model.safetensors\", expected the name of a .safetensors file");
    refused(index("\"a\": 7"), "weight_map.a is 7");
    refused("{\"weight_map\": []}", "weight_map is [], expected an object");
    refused("{", "not valid JSON");
    Files.delete(folder.resolve(ModelWeights.INDEX));
    assertThatThrownBy(() -> ModelWeights.read(folder))
        .hasMessageContaining(
            "model.safetensors: no such file, and no model.safetensors.index.json");
  }

  private static String index(String map) {
    return "{\"metadata\": {\"total_size\": 8}, \"weight_map\": {" + map + "}}";
  }

  private void refused(String index, String... parts) throws IOException {
    Files.writeString(folder.resolve(ModelWeights.INDEX), index);
    assertThatThrownBy(() -> ModelWeights.read(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parts);
  }
}
