package dev.edit.student.lora;

import dev.edit.student.StudentConfig;
import dev.edit.student.files.Dtype;
import dev.edit.student.files.Safetensors;
import dev.edit.student.files.TensorData;
import dev.edit.student.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of an adapter folder as peft and vLLM read it: {@code adapter_config.json} and {@code
 * adapter_model.safetensors}. Does not load libtorch; the tensors of a folder that was read are
 * views of its file.
 *
 * @param adapter what is adapted and how
 * @param baseModel name or path of the model that the adapter belongs to, or null where unknown
 */
public record AdapterFolder(LoraAdapter adapter, String baseModel) {
  /** The settings. */
  public static final String CONFIG = "adapter_config.json";

  /** The tensors; written last. */
  public static final String MODEL = "adapter_model.safetensors";

  private static final String PREFIX = "base_model.model.";

  /**
   * Reads {@code folder} for a student of shape {@code config}.
   *
   * @throws IllegalArgumentException when a file is missing or malformed, asks for what is not
   *     implemented or does not fit the student; names the file and the field or tensor
   */
  public static AdapterFolder read(Path folder, StudentConfig config) throws IOException {
    Path configFile = folder.resolve(CONFIG);
    Path modelFile = folder.resolve(MODEL);
    for (Path file : List.of(configFile, modelFile)) {
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException(
            file + ": no such file; expected a folder that peft saved as safetensors");
      }
    }
    String json = Files.readString(configFile);
    LoraSettings settings = AdapterConfigJson.read(json, configFile.toString());
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    Safetensors.read(modelFile)
        .forEach(
            (name, tensor) -> {
              if (!name.startsWith(PREFIX)) {
                throw new IllegalArgumentException(
                    "%s: tensor %s, expected a name that begins with %s"
                        .formatted(modelFile, name, PREFIX));
              }
              tensors.put(name.substring(PREFIX.length()), tensor);
            });
    try {
      return new AdapterFolder(
          new LoraAdapter(settings, tensors).checked(config),
          AdapterConfigJson.baseModel(json, configFile.toString()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(modelFile + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes the folder, each file whole or not at all, the tensors last: a folder with {@value
   * #MODEL} is complete.
   *
   * @return SHA-256 of {@value #MODEL} in hexadecimal
   */
  public String write(Path folder, Dtype dtype) throws IOException {
    Files.createDirectories(folder);
    WholeFile.write(folder.resolve(CONFIG), AdapterConfigJson.write(adapter.settings(), baseModel));
    return Safetensors.write(folder.resolve(MODEL), fileTensors(), dtype);
  }

  /** Writes the folder in float32, which keeps every bit. */
  public String write(Path folder) throws IOException {
    return write(folder, Dtype.F32);
  }

  /** SHA-256, in hexadecimal, of the {@value #MODEL} that {@link #write(Path)} would write. */
  public String sha256() {
    return Safetensors.sha256(fileTensors());
  }

  private Map<String, TensorData> fileTensors() {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    adapter.tensors().forEach((name, tensor) -> tensors.put(PREFIX + name, tensor));
    return tensors;
  }
}
