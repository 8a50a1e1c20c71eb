package dev.edit.student;

import dev.edit.student.files.ModelWeights;
import dev.edit.student.files.TensorData;
import dev.edit.student.files.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of a Hugging Face model folder: {@code config.json}, the weights, and the tokenizer's
 * files and {@code generation_config.json}, which are carried as bytes. Reading and writing it does
 * not load libtorch, and does not bring all weights into memory at once: those of a folder that was
 * read are views of its files.
 *
 * @param config the model's shape
 * @param weights exactly the tensors of {@link StudentConfig#parameterShapes()}
 * @param tokenizer bytes of the tokenizer's files, and of {@code generation_config.json} where
 *     there is one, by file name; may be empty
 */
public record StudentFolder(
    StudentConfig config, Map<String, TensorData> weights, Map<String, byte[]> tokenizer) {
  private static final String CONFIG = "config.json";
  private static final String GENERATION_CONFIG = "generation_config.json";
  private static final String TOKENIZER = "tokenizer.json";
  private static final List<String> CARRIED_FILES =
      List.of(
          GENERATION_CONFIG,
          TOKENIZER,
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "chat_template.jinja",
          "tokenizer.model",
          "vocab.json",
          "merges.txt");

  /** Tables that old libraries stored beside the weights; they follow from the config. */
  private static final String ROTARY_TABLE = "rotary_emb.inv_freq";

  /**
   * Checks that no weight is missing, superfluous or of another shape; the error names the tensor.
   */
  public StudentFolder {
    weights = inOrder(config, weights);
    tokenizer = Map.copyOf(tokenizer);
  }

  /** A folder's content with the bytes of the file {@code tokenizerJson}. */
  public static StudentFolder of(
      StudentConfig config, Map<String, TensorData> weights, Path tokenizerJson)
      throws IOException {
    return new StudentFolder(config, weights, Map.of(TOKENIZER, Files.readAllBytes(tokenizerJson)));
  }

  /**
   * Reads {@code folder}.
   *
   * @throws IllegalArgumentException when a file is missing, malformed or asks for what is not
   *     implemented; names the file and the field or tensor
   */
  public static StudentFolder read(Path folder) throws IOException {
    Path configFile = folder.resolve(CONFIG);
    if (!Files.isRegularFile(configFile)) {
      throw new IllegalArgumentException(
          configFile + ": no such file; expected a Hugging Face model folder");
    }
    Map<String, byte[]> files = carried(folder);
    StudentConfig config =
        StudentConfigJson.read(
            Files.readString(configFile), configFile.toString(), generationEos(folder, files));
    Map<String, TensorData> weights = new LinkedHashMap<>(ModelWeights.read(folder));
    weights.keySet().removeIf(name -> name.endsWith(ROTARY_TABLE));
    if (config.tieWordEmbeddings()) {
      // Some writers store the tied head again under its own name.
      weights.remove("lm_head.weight");
    }
    try {
      return new StudentFolder(config, weights, files);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(ModelWeights.find(folder) + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, byte[]> carried(Path folder) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : CARRIED_FILES) {
      try {
        files.put(name, Files.readAllBytes(folder.resolve(name)));
      } catch (NoSuchFileException e) {
        continue; // A folder may come without tokenizer files.
      }
    }
    return files;
  }

  private static List<Integer> generationEos(Path folder, Map<String, byte[]> files) {
    byte[] json = files.get(GENERATION_CONFIG);
    return json == null
        ? List.of()
        : StudentConfigJson.readGenerationEos(
            new String(json, StandardCharsets.UTF_8), folder.resolve(GENERATION_CONFIG).toString());
  }

  /**
   * Writes the folder with {@link SaveOptions#EXACT}.
   *
   * @return SHA-256 of {@code model.safetensors} in hexadecimal
   */
  public String write(Path folder) throws IOException {
    return write(folder, SaveOptions.EXACT).get(ModelWeights.SINGLE);
  }

  /**
   * Writes the folder, each file whole or not at all, the weights last: a folder with {@code
   * model.safetensors} or {@code model.safetensors.index.json} is complete.
   *
   * @return SHA-256 in hexadecimal of each file of weights, by name
   */
  public Map<String, String> write(Path folder, SaveOptions options) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : tokenizer.entrySet()) {
      WholeFile.write(folder.resolve(file.getKey()), file.getValue());
    }
    if (!tokenizer.containsKey(GENERATION_CONFIG)) {
      WholeFile.write(folder.resolve(GENERATION_CONFIG), StudentConfigJson.writeGeneration(config));
    }
    WholeFile.write(
        folder.resolve(CONFIG), StudentConfigJson.write(config, options.dtype().torchName()));
    return ModelWeights.write(folder, weights, options.dtype(), options.maxShardBytes());
  }

  private static Map<String, TensorData> inOrder(
      StudentConfig config, Map<String, TensorData> weights) {
    Map<String, List<Integer>> shapes = config.parameterShapes();
    for (String name : weights.keySet()) {
      if (!shapes.containsKey(name)) {
        throw new IllegalArgumentException(
            "tensor " + name + " is not part of the configured model");
      }
    }
    Map<String, TensorData> ordered = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          TensorData tensor = weights.get(name);
          if (tensor == null) {
            throw new IllegalArgumentException(
                "tensor " + name + " is missing, expected shape " + shape);
          }
          if (!tensor.shape().equals(shape)) {
            throw new IllegalArgumentException(
                "tensor %s has shape %s, expected %s".formatted(name, tensor.shape(), shape));
          }
          ordered.put(name, tensor);
        });
    return ordered;
  }
}
