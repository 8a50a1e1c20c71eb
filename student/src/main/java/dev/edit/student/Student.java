package dev.edit.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.edit.student.files.Safetensors;
import dev.edit.student.files.TensorData;
import dev.edit.student.lora.LoraAdapter;
import dev.edit.student.lora.LoraSettings;
import dev.edit.student.torch.DecoderScript;
import dev.edit.student.torch.DecoderScript.Method;
import dev.edit.student.torch.DecoderScript.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A model in libtorch's memory, ready to be trained, scored and decoded. Holds its weights until
 * closed. Not safe for use by several threads at a time.
 */
public final class Student implements AutoCloseable {
  private final StudentConfig config;
  private final Map<String, byte[]> tokenizer;
  private final ComputeOptions options;
  private final DecoderScript script;
  private final RotaryTables rotary;
  private final NamedArrays weights;
  private final List<NDArray> noAdapter;
  private LoraSettings adapterSettings;
  private NamedArrays adapter;
  private boolean adapterOff;
  private boolean closed;

  /** Copies {@code folder}'s weights to libtorch, which is started if need be. */
  public Student(StudentFolder folder) {
    this(folder, ComputeOptions.DEFAULT);
  }

  /** Copies {@code folder}'s weights to the device of {@code options}. */
  public Student(StudentFolder folder, ComputeOptions options) {
    config = folder.config();
    tokenizer = folder.tokenizer();
    this.options = options;
    script = new DecoderScript(options.device());
    rotary = new RotaryTables(config, script);
    weights = NamedArrays.copy(script, Role.WEIGHTS, folder.weights(), options.bfloat16Weights());
    noAdapter = script.zeros(Role.ADAPTER, List.of(new Shape(1)));
    plan();
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
   * A copy of the weights in Java memory, in the order of {@link StudentConfig#parameterShapes()};
   * an attached adapter is not part of them.
   */
  public Map<String, TensorData> weights() {
    script();
    return weights.copies();
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

  /**
   * Puts {@code added} on the weights, which are frozen from now on: training changes the adapter
   * alone, scoring and decoding see the sum of both.
   *
   * @throws IllegalStateException when an adapter is attached already
   * @throws IllegalArgumentException when its tensors do not fit; names the tensor
   */
  public void attach(LoraAdapter added) {
    script();
    if (adapter != null) {
      throw new IllegalStateException(
          "the student has an adapter already; detach or merge it first");
    }
    LoraAdapter checked = added.checked(config);
    adapter = NamedArrays.copy(script, Role.ADAPTER, checked.tensors());
    adapterSettings = checked.settings();
    plan();
  }

  /** A copy of the attached adapter in Java memory; empty if there is none. */
  public Optional<LoraAdapter> adapter() {
    script();
    return adapter == null
        ? Optional.empty()
        : Optional.of(new LoraAdapter(adapterSettings, adapter.copies()));
  }

  /**
   * Takes the adapter off: the student is what it was before {@link #attach}.
   *
   * @throws IllegalStateException when there is none
   */
  public LoraAdapter detach() {
    LoraAdapter detached = attached();
    adapter.close();
    adapter = null;
    adapterSettings = null;
    plan();
    return detached;
  }

  /**
   * Adds the adapter to the weights, which then give the same logits but for rounding, and takes it
   * off.
   *
   * @throws IllegalStateException when there is none
   */
  public LoraAdapter merge() {
    attached();
    addAdapter(1);
    return detach();
  }

  /** Undoes {@link #merge} but for rounding, and attaches {@code merged} again. */
  public void unmerge(LoraAdapter merged) {
    attach(merged);
    addAdapter(-1);
  }

  private LoraAdapter attached() {
    return adapter().orElseThrow(() -> new IllegalStateException("the student has no adapter"));
  }

  private void addAdapter(double factor) {
    try (NDManager scope = script.scope()) {
      List<NDArray> inputs = List.of(script.host(scope, factor));
      script.call(Method.MERGE, inputs, model(), rotary.growing(1));
    }
  }

  /**
   * What {@code action} finds while the adapter is off; it is on again afterwards. Training is
   * refused meanwhile. Without an adapter this is just {@code action}.
   */
  public <T> T withoutAdapter(Supplier<T> action) {
    script().plan(ModelPlan.of(config, null, options), ModelPlan.constants(config, null));
    adapterOff = adapter != null;
    try {
      return action.get();
    } finally {
      adapterOff = false;
      plan();
    }
  }

  private void plan() {
    script.plan(
        ModelPlan.of(config, adapterSettings, options),
        ModelPlan.constants(config, adapterSettings));
  }

  DecoderScript script() {
    if (closed) {
      throw new IllegalStateException("the student is closed");
    }
    return script;
  }

  RotaryTables rotary() {
    return rotary;
  }

  /** The lists of weights and adapter, as the script takes them. */
  List<List<NDArray>> model() {
    return List.of(weights.arrays(), adapter == null ? noAdapter : adapter.arrays());
  }

  /** Shapes of the joined matrices that decoding keeps; (1) where the plan joins none. */
  List<Shape> joinedShapes() {
    return ModelPlan.joinedShapes(config, adapterOff ? null : adapterSettings, options);
  }

  /** What training changes: the adapter if one is attached, else the weights. */
  NamedArrays trained() {
    if (adapterOff) {
      throw new IllegalStateException("the adapter is off: a student cannot be trained meanwhile");
    }
    if (adapter == null && options.bfloat16Weights()) {
      throw new IllegalStateException(
          "the weights are kept in bfloat16, too coarse to train; attach an adapter, or keep them in float32");
    }
    return adapter == null ? weights : adapter;
  }

  /** Whether training draws random numbers. */
  boolean drawsDropout() {
    return adapterSettings != null && adapterSettings.dropout() > 0;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      script.close();
    }
  }
}
