package dev.edit.student.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The weights of a Hugging Face model folder: {@code model.safetensors}, or shards of it under
 * {@code model.safetensors.index.json}. The single file is taken where both are there.
 */
public final class ModelWeights {
  /** The single file. */
  public static final String SINGLE = "model.safetensors";

  /** The list of the shards. */
  public static final String INDEX = "model.safetensors.index.json";

  private static final Pattern SHARD = Pattern.compile("model-\\d{5,}-of-\\d{5,}\\.safetensors");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ModelWeights() {}

  /** The file that tells whether a folder has weights, and is written last; or null. */
  public static Path find(Path folder) {
    return Stream.of(SINGLE, INDEX)
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }

  /**
   * Every tensor of a folder, as views, in the order of the names.
   *
   * @throws IllegalArgumentException when there are no weights, a shard is missing, or index and
   *     shards do not agree; names the file and the tensor
   */
  public static Map<String, TensorData> read(Path folder) throws IOException {
    Path file = find(folder);
    if (file == null) {
      throw new IllegalArgumentException(
          folder.resolve(SINGLE) + ": no such file, and no " + INDEX + " beside it");
    }
    return file.endsWith(SINGLE) ? Safetensors.read(file) : readShards(file);
  }

  private static Map<String, TensorData> readShards(Path index) throws IOException {
    Map<String, String> shardOf = weightMap(index);
    Map<String, TensorData> tensors = new TreeMap<>();
    for (String shard : new TreeSet<>(shardOf.values())) {
      Path file = index.resolveSibling(shard);
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException(file + ": no such file, but " + index + " names it");
      }
      Safetensors.read(file)
          .forEach(
              (name, tensor) -> {
                if (!shard.equals(shardOf.get(name))) {
                  throw new IllegalArgumentException(
                      "%s: tensor %s is there, but weight_map of %s says %s"
                          .formatted(file, name, index, shardOf.get(name)));
                }
                tensors.put(name, tensor);
              });
    }
    shardOf.forEach(
        (name, shard) -> {
          if (!tensors.containsKey(name)) {
            throw new IllegalArgumentException(
                "%s: tensor %s is missing, but weight_map of %s says that it is there"
                    .formatted(index.resolveSibling(shard), name, index));
          }
        });
    return tensors;
  }

  private static Map<String, String> weightMap(Path index) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(Files.readAllBytes(index));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(index + ": not valid JSON: " + e.getOriginalMessage(), e);
    }
    if (!root.path("weight_map").isObject()) {
      throw new IllegalArgumentException(
          index + ": weight_map is " + root.path("weight_map") + ", expected an object");
    }
    Map<String, String> shardOf = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.get("weight_map").properties()) {
      String shard = entry.getValue().asText("");
      if (!shard.endsWith(".safetensors") || shard.matches(".*[/\\\\\\x00].*")) {
        throw new IllegalArgumentException(
            "%s: weight_map.%s is %s, expected the name of a .safetensors file beside it"
                .formatted(index, entry.getKey(), entry.getValue()));
      }
      shardOf.put(entry.getKey(), shard);
    }
    return shardOf;
  }

  /**
   * Writes the weights of a folder, the file that makes them complete last, and removes weights
   * that stood there under other names.
   *
   * @param tensors in the order in which they fill the shards
   * @param maxShardBytes most bytes of values in a file, unless a single tensor has more; all that
   *     fit into one file go to {@value #SINGLE}
   * @return SHA-256 in hexadecimal of each file of weights, by name
   */
  public static Map<String, String> write(
      Path folder, Map<String, TensorData> tensors, Dtype dtype, long maxShardBytes)
      throws IOException {
    List<Map<String, TensorData>> shards = shards(tensors, dtype, maxShardBytes);
    if (shards.size() == 1) {
      String sha256 = Safetensors.write(folder.resolve(SINGLE), tensors, dtype);
      Files.deleteIfExists(folder.resolve(INDEX));
      removeShards(folder, Map.of());
      return Map.of(SINGLE, sha256);
    }
    // Shards of an earlier save may have the same names: no index may vouch for a mixture.
    Files.deleteIfExists(folder.resolve(INDEX));
    Map<String, String> sha256 = new LinkedHashMap<>();
    ObjectNode index = JSON.createObjectNode();
    long total = tensors.values().stream().mapToLong(t -> t.elements() * dtype.bytes()).sum();
    index.putObject("metadata").put("total_size", total);
    Map<String, String> shardOf = new TreeMap<>();
    for (int i = 0; i < shards.size(); i++) {
      String name = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
      sha256.put(name, Safetensors.write(folder.resolve(name), shards.get(i), dtype));
      shards.get(i).keySet().forEach(tensor -> shardOf.put(tensor, name));
    }
    ObjectNode map = index.putObject("weight_map");
    shardOf.forEach(map::put);
    Files.deleteIfExists(folder.resolve(SINGLE));
    WholeFile.write(folder.resolve(INDEX), JSON.writeValueAsString(index) + "\n");
    removeShards(folder, sha256);
    return sha256;
  }

  private static List<Map<String, TensorData>> shards(
      Map<String, TensorData> tensors, Dtype dtype, long maxShardBytes) {
    if (maxShardBytes < 1) {
      throw new IllegalArgumentException(
          "maxShardBytes is " + maxShardBytes + ", expected a positive integer");
    }
    List<Map<String, TensorData>> shards = new ArrayList<>(List.of(new LinkedHashMap<>()));
    long bytes = 0;
    for (Map.Entry<String, TensorData> entry : tensors.entrySet()) {
      long size = entry.getValue().elements() * dtype.bytes();
      if (bytes > 0 && bytes + size > maxShardBytes) {
        shards.add(new LinkedHashMap<>());
        bytes = 0;
      }
      shards.get(shards.size() - 1).put(entry.getKey(), entry.getValue());
      bytes += size;
    }
    return shards;
  }

  private static void removeShards(Path folder, Map<String, String> kept) throws IOException {
    List<Path> stale;
    try (Stream<Path> files = Files.list(folder)) {
      stale =
          files
              .filter(file -> SHARD.matcher(file.getFileName().toString()).matches())
              .filter(file -> !kept.containsKey(file.getFileName().toString()))
              .toList();
    }
    for (Path file : stale) {
      Files.delete(file);
    }
  }
}
