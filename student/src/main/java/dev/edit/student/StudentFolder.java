package dev.edit.student;

import dev.edit.student.files.Safetensors;
import dev.edit.student.files.TensorData;
import dev.edit.student.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of a Hugging Face model folder: {@code config.json}, {@code generation_config.json},
 * {@code model.safetensors} and the tokenizer's files, which are carried as bytes. Reading and
 * writing it does not load libtorch.
 *
 * @param config the model's shape
 * @param weights exactly the tensors of {@link StudentConfig#parameterShapes()}
 * @param tokenizer bytes of the tokenizer's files by file name; may be empty
 */
public record StudentFolder(
    StudentConfig config, Map<String, TensorData> weights, Map<String, byte[]> tokenizer) {
  private static final String CONFIG = "config.json";
  private static final String GENERATION_CONFIG = "generation_config.json";
  private static final String MODEL = "model.safetensors";
  private static final String TOKENIZER = "tokenizer.json";
  private static final List<String> TOKENIZER_FILES =
      List.of(TOKENIZER, "tokenizer_config.json", "special_tokens_map.json");

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
    Path modelFile = folder.resolve(MODEL);
    for (Path file : List.of(configFile, modelFile)) {
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException(
            file + ": no such file; expected a Hugging Face model folder");
      }
    }
    StudentConfig config =
        StudentConfigJson.read(Files.readString(configFile), configFile.toString());
    Map<String, TensorData> weights = new LinkedHashMap<>(Safetensors.read(modelFile));
    if (config.tieWordEmbeddings()) {
      // Some writers store the tied head again under its own name.
      weights.remove("lm_head.weight");
    }
    Map<String, byte[]> tokenizer = new LinkedHashMap<>();
    for (String name : TOKENIZER_FILES) {
      try {
        tokenizer.put(name, Files.readAllBytes(folder.resolve(name)));
      } catch (NoSuchFileException e) {
        continue; // A folder may come without tokenizer files.
      }
    }
    try {
      return new StudentFolder(config, weights, tokenizer);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(modelFile + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes the folder, each file whole or not at all, the weights last: a folder with {@code
   * model.safetensors} is complete.
   *
   * @return SHA-256 of {@code model.safetensors} in hexadecimal
   */
  public String write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : tokenizer.entrySet()) {
      WholeFile.write(folder.resolve(file.getKey()), file.getValue());
    }
    WholeFile.write(folder.resolve(GENERATION_CONFIG), StudentConfigJson.writeGeneration(config));
    WholeFile.write(folder.resolve(CONFIG), StudentConfigJson.write(config));
    return Safetensors.write(folder.resolve(MODEL), weights);
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
