package dev.edit.trainer.worker;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.student.OptimizerState;
import dev.edit.student.ParallelTraining;
import dev.edit.student.StepResult;
import dev.edit.student.TrainingBatch;
import dev.edit.student.files.Safetensors;
import dev.edit.trainer.domain.Item;
import dev.edit.trainer.domain.Objective;
import dev.edit.trainer.domain.RunStoppedException;
import dev.edit.trainer.domain.StepFigures;
import dev.edit.trainer.domain.TrainableStudent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * A stage in libtorch. Its save holds the trained tensors, both moments, the number of updates and,
 * for preferences, the reference's scores. Dropout is drawn from the seed and the number of
 * updates, so it needs no state of its own.
 */
final class TorchStage implements TrainableStudent.Stage {
  private static final String FIRST_MOMENTS = "first-moments.safetensors";
  private static final String SECOND_MOMENTS = "second-moments.safetensors";
  private static final String OPTIMIZER = "optimizer.json";
  private static final String REFERENCES = "references.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TorchStudent student;
  private final ParallelTraining training;
  private final Objective objective;
  private final Map<String, double[]> references;
  private final Batches batches;

  /** What {@link #OPTIMIZER} holds. */
  private record Updates(long step) {}

  /**
   * @param references by item id, for preferences; empty otherwise
   */
  TorchStage(
      TorchStudent student,
      ParallelTraining training,
      Objective objective,
      Map<String, double[]> references) {
    this.student = student;
    this.training = training;
    this.objective = objective;
    this.references = new TreeMap<>(references);
    this.batches = new Batches(objective, references);
  }

  /** The reference's scores in a save; empty where it has none. */
  static Map<String, double[]> references(Path folder) throws IOException {
    Path file = folder.resolve(REFERENCES);
    return Files.isRegularFile(file)
        ? JSON.readValue(file.toFile(), new TypeReference<>() {})
        : Map.of();
  }

  /** Takes up the optimizer's state of a save. */
  void restore(Path folder) throws IOException {
    Updates updates = JSON.readValue(folder.resolve(OPTIMIZER).toFile(), Updates.class);
    training.restore(
        new OptimizerState(
            updates.step(),
            Safetensors.read(folder.resolve(FIRST_MOMENTS)),
            Safetensors.read(folder.resolve(SECOND_MOMENTS))));
  }

  @Override
  public StepFigures step(
      List<Item> batch, int itemsAPass, double learningRate, BooleanSupplier stop) {
    TrainingBatch whole = batches.of(batch);
    // Every copy gets its share at once, but no pass has more items than it may.
    int share = (batch.size() + training.copies() - 1) / training.copies();
    int items = Math.min(itemsAPass, share);
    List<? extends TrainingBatch> parts =
        batch.size() <= items
            ? List.of(whole)
            : whole.split(items * batch.get(0).responses().size());
    return figures(training.step(parts, learningRate, () -> requireGoingOn(stop)));
  }

  @Override
  public void save(Path folder) throws IOException {
    student.keep(folder.resolve(TorchStudent.TRAINED));
    OptimizerState state = training.state();
    Safetensors.write(folder.resolve(FIRST_MOMENTS), state.firstMoments());
    Safetensors.write(folder.resolve(SECOND_MOMENTS), state.secondMoments());
    Files.write(folder.resolve(OPTIMIZER), JSON.writeValueAsBytes(new Updates(state.step())));
    if (!references.isEmpty()) {
      Files.write(folder.resolve(REFERENCES), JSON.writeValueAsBytes(references));
    }
  }

  @Override
  public OptionalLong memoryBytes() {
    return student.memoryBytes();
  }

  private static void requireGoingOn(BooleanSupplier stop) {
    if (stop.getAsBoolean()) {
      throw new RunStoppedException();
    }
  }

  private StepFigures figures(StepResult result) {
    if (!(objective instanceof Objective.Krsl krsl)) {
      return new StepFigures(result.loss(), result.gradientNorm(), result.tokens(), null, null);
    }
    // With gamma above 0 the positively weighted tokens are not the key ones alone.
    boolean positiveAreKeys = krsl.weights().gamma() == 0 && result.positiveTokens() > 0;
    return new StepFigures(
        result.loss(),
        result.gradientNorm(),
        result.tokens(),
        positiveAreKeys ? (Double) result.positiveNll() : null,
        result.negativeTokens() > 0 ? (Double) result.negativeNll() : null);
  }
}
