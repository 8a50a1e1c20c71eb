package dev.edit.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.edit.student.files.Safetensors;
import dev.edit.student.files.TensorData;
import dev.edit.student.torch.DecoderScript;
import dev.edit.student.torch.DecoderScript.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model in libtorch's memory, ready to be trained, scored and decoded. Holds its weights until
 * closed. Not safe for use by several threads at a time.
 */
public final class Student implements AutoCloseable {
  private final StudentConfig config;
  private final Map<String, byte[]> tokenizer;
  private final List<String> names;
  private final List<Shape> shapes;
  private final DecoderScript script;
  private final List<NDArray> weights;
  private boolean closed;

  /** Copies {@code folder}'s weights to libtorch, which is started if need be. */
  public Student(StudentFolder folder) {
    config = folder.config();
    refuseUncomputed(config);
    tokenizer = folder.tokenizer();
    names = List.copyOf(folder.weights().keySet());
    shapes =
        folder.weights().values().stream()
            .map(
                tensor ->
                    new Shape(tensor.shape().stream().mapToLong(Integer::longValue).toArray()))
            .toList();
    long[] dims = {
      config.layers(),
      config.heads(),
      config.kvHeads(),
      config.headDim(),
      config.tieWordEmbeddings() ? 1 : 0
    };
    script =
        new DecoderScript(
            dims, config.rmsNormEps(), config.ropeTheta(), config.maxPositionEmbeddings());
    weights =
        script.list(
            Role.WEIGHTS,
            folder.weights().values().stream().map(TensorData::values).toList(),
            shapes);
  }

  private static void refuseUncomputed(StudentConfig config) {
    AttentionTraits attention = config.attention();
    if (attention.biased() || attention.slidingWindow() > 0) {
      throw new IllegalArgumentException(
          "student: attention is %s, which is read and saved but not yet computed"
              .formatted(attention));
    }
    if (!(config.rope().scaling() instanceof RopeScaling.Unscaled)) {
      throw new IllegalArgumentException(
          "student: rope_scaling is %s, which is read and saved but not yet computed"
              .formatted(config.rope().scaling()));
    }
  }

  /** Loads a Hugging Face model folder; see {@link StudentFolder#read} for what may go wrong. */
  public static Student load(Path folder) throws IOException {
    return new Student(StudentFolder.read(folder));
  }

  /** A student with the first weights of {@code seed} and without a tokenizer. */
  public static Student create(StudentConfig config, long seed) {
    return new Student(new StudentFolder(config, InitialWeights.create(config, seed), Map.of()));
  }

  /**
   * Writes a Hugging Face model folder, with the tokenizer files this student was loaded with.
   *
   * @return SHA-256 of {@code model.safetensors} in hexadecimal
   */
  public String save(Path folder) throws IOException {
    return new StudentFolder(config, weights(), tokenizer).write(folder);
  }

  /**
   * A copy of the weights in Java memory, in the order of {@link StudentConfig#parameterShapes()}.
   */
  public Map<String, TensorData> weights() {
    return copies(weights);
  }

  /** SHA-256, in hexadecimal, of the {@code model.safetensors} that {@link #save} would write. */
  public String sha256() {
    return Safetensors.sha256(weights());
  }

  public StudentConfig config() {
    return config;
  }

  /** Number of trained values; a tied head counts once. */
  public long parameterCount() {
    return config.parameterCount();
  }

  DecoderScript script() {
    if (closed) {
      throw new IllegalStateException("the student is closed");
    }
    return script;
  }

  List<NDArray> parameters() {
    return weights;
  }

  List<Shape> shapes() {
    return shapes;
  }

  /** Values of arrays that stand in the order of the weights, by name. */
  Map<String, TensorData> copies(List<NDArray> arrays) {
    script();
    Map<String, TensorData> copies = new LinkedHashMap<>();
    List<List<Integer>> sizes = new ArrayList<>(config.parameterShapes().values());
    for (int i = 0; i < names.size(); i++) {
      copies.put(names.get(i), new TensorData(sizes.get(i), arrays.get(i).toFloatArray()));
    }
    return copies;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      script.close();
    }
  }
}
