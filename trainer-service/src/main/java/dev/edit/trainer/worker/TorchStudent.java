package dev.edit.trainer.worker;

import dev.edit.contracts.Run;
import dev.edit.contracts.recipe.Hyperparameters;
import dev.edit.contracts.recipe.LoraSpec;
import dev.edit.contracts.recipe.OptimizerSpec;
import dev.edit.student.ComputeOptions;
import dev.edit.student.GreedyDecoder;
import dev.edit.student.OptimizerSettings;
import dev.edit.student.ParallelTraining;
import dev.edit.student.Student;
import dev.edit.student.StudentConfig;
import dev.edit.student.StudentFolder;
import dev.edit.student.files.Safetensors;
import dev.edit.student.files.TensorData;
import dev.edit.student.lora.AdapterFolder;
import dev.edit.student.lora.LoraAdapter;
import dev.edit.student.lora.LoraSettings;
import dev.edit.student.objective.Example;
import dev.edit.student.objective.ReferenceScores;
import dev.edit.student.torch.TorchDevice;
import dev.edit.tokenizer.Tokenizer;
import dev.edit.trainer.domain.Item;
import dev.edit.trainer.domain.Objective;
import dev.edit.trainer.domain.TrainableStudent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A student in libtorch's memory: all its weights are trained, or an adapter on them. */
final class TorchStudent implements TrainableStudent {
  /** The trained tensors of a save. */
  static final String TRAINED = "trained.safetensors";

  private static final int PROMPTS_AT_ONCE = 32;

  private final String base;
  private final Tokenizer tokenizer;
  private final List<ComputeOptions> options;
  private final String precision;
  private final Map<String, byte[]> tokenizerFiles;

  /** The same student on every device; the first one is asked and saved. */
  private List<Student> copies;

  /** Of the stage that is open; null before the first. */
  private ParallelTraining training;

  /**
   * The student that a run starts from.
   *
   * @param folder what its folder holds
   * @param tokenizer its tokenizer, which stays the caller's
   * @param devices {@code cpu} or {@code cuda:N}; of several, each trains on its part of a batch
   */
  TorchStudent(Run run, StudentFolder folder, Tokenizer tokenizer, List<String> devices) {
    base = run.student();
    this.tokenizer = tokenizer;
    Hyperparameters settings = run.hyperparameters();
    ComputeOptions common =
        ComputeOptions.DEFAULT
            .withCheckpointing(settings.memoryOrNone().gradientCheckpointing())
            .withBfloat16Weights(settings.memoryOrNone().bf16Weights())
            .withPrecision(
                settings.computePrecision() == Hyperparameters.Precision.BF16
                    ? ComputeOptions.Precision.BFLOAT16
                    : ComputeOptions.Precision.FLOAT32);
    options = devices.stream().map(common::withDevice).toList();
    precision = settings.computePrecision().name().toLowerCase(Locale.ROOT);
    tokenizerFiles = folder.tokenizer();
    copies = copies(folder);
    if (settings.lora() != null) {
      attach(settings.lora(), folder.config(), run.seed());
    }
  }

  /**
   * What a student's folder holds.
   *
   * @throws IllegalArgumentException where it cannot be read; names the file
   */
  static StudentFolder read(Path folder) {
    try {
      return StudentFolder.read(folder);
    } catch (IOException e) {
      throw new IllegalArgumentException("student: cannot read " + folder + ": " + e, e);
    }
  }

  private List<Student> copies(StudentFolder folder) {
    return options.stream().map(option -> new Student(folder, option)).toList();
  }

  private Student student() {
    return copies.get(0);
  }

  private void attach(LoraSpec spec, StudentConfig config, long seed) {
    LoraSettings settings =
        LoraSettings.of(spec.rank(), spec.alpha(), spec.dropout(), spec.targets());
    copies.forEach(copy -> copy.attach(LoraAdapter.create(config, settings, seed)));
  }

  @Override
  public Stage open(Objective objective, OptimizerSpec optimizer, List<Item> items, long seed) {
    Map<String, double[]> references =
        objective instanceof Objective.Dpo ? references(items) : Map.of();
    return new TorchStage(this, training(optimizer, seed), objective, references);
  }

  @Override
  public Stage resume(Objective objective, OptimizerSpec optimizer, long seed, Path folder)
      throws IOException {
    recall(folder.resolve(TRAINED));
    TorchStage stage =
        new TorchStage(this, training(optimizer, seed), objective, TorchStage.references(folder));
    stage.restore(folder);
    return stage;
  }

  /** Of the first device that computes: in use on a GPU, or what this process holds. */
  OptionalLong memoryBytes() {
    OptionalLong gpu = TorchDevice.usedBytes(options.get(0).device());
    return gpu.isPresent() ? gpu : ResidentMemory.bytes();
  }

  private ParallelTraining training(OptimizerSpec optimizer, long seed) {
    endStage();
    training = new ParallelTraining(copies, settings(optimizer), seed);
    return training;
  }

  private void endStage() {
    if (training != null) {
      training.close();
    }
  }

  private Map<String, double[]> references(List<Item> items) {
    List<Example> examples = new ArrayList<>();
    for (Item item : items) {
      examples.add(Batches.example(item.first()));
      examples.add(Batches.example(item.second()));
    }
    double[] scores = ReferenceScores.of(student(), examples);
    Map<String, double[]> references = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      references.put(items.get(i).id(), new double[] {scores[2 * i], scores[2 * i + 1]});
    }
    return references;
  }

  @Override
  public void save(Path folder) throws IOException {
    if (student().adapter().isPresent()) {
      new AdapterFolder(student().adapter().get(), base).write(folder);
    } else {
      student().save(folder);
    }
  }

  @Override
  public void keep(Path file) throws IOException {
    Map<String, TensorData> trained =
        student().adapter().map(LoraAdapter::tensors).orElseGet(student()::weights);
    Safetensors.write(file, trained);
  }

  @Override
  public void recall(Path file) throws IOException {
    Map<String, TensorData> trained = Safetensors.read(file);
    if (student().adapter().isPresent()) {
      for (Student copy : copies) {
        LoraSettings settings = copy.detach().settings();
        copy.attach(new LoraAdapter(settings, trained));
      }
    } else {
      StudentFolder folder = new StudentFolder(student().config(), trained, tokenizerFiles);
      close();
      copies = copies(folder);
    }
  }

  @Override
  public List<String> respond(List<int[]> prompts, int maxNewTokens) {
    return GreedyDecoder.decode(student(), prompts, maxNewTokens, PROMPTS_AT_ONCE).stream()
        .map(ids -> tokenizer.decode(ids, true))
        .toList();
  }

  @Override
  public String place() {
    String devices = options.stream().map(ComputeOptions::device).collect(Collectors.joining(", "));
    return "%s in %s".formatted(devices, precision);
  }

  @Override
  public void close() {
    endStage();
    copies.forEach(Student::close);
  }

  private static OptimizerSettings settings(OptimizerSpec spec) {
    return new OptimizerSettings(
        spec.beta1(),
        spec.beta2(),
        spec.epsilon(),
        spec.weightDecay(),
        spec.clipNorm() == 0 ? Double.POSITIVE_INFINITY : spec.clipNorm());
  }
}
