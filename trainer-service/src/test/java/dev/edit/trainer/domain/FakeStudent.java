package dev.edit.trainer.domain;

import dev.edit.contracts.recipe.OptimizerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Counts what is asked of it; its weights are the steps it took, and so are its answers: it says
 * what {@link #answers} holds for the number of steps.
 */
final class FakeStudent implements TrainableStudent {
  final List<String> steps = new ArrayList<>();
  final List<Integer> answered = new ArrayList<>();
  int divergesAt = -1;
  boolean diskFull;

  /** By steps taken: the answer that it gives to every question. */
  java.util.function.IntFunction<String> answers = taken -> "2";

  @Override
  public Stage open(Objective objective, OptimizerSpec optimizer, List<Item> items, long seed) {
    return new FakeStage(objective);
  }

  @Override
  public Stage resume(Objective objective, OptimizerSpec optimizer, long seed, Path folder)
      throws IOException {
    recall(folder.resolve("weights"));
    return new FakeStage(objective);
  }

  private final class FakeStage implements Stage {
    private final Objective objective;

    FakeStage(Objective objective) {
      this.objective = objective;
    }

    @Override
    public OptionalLong memoryBytes() {
      return OptionalLong.of(1_000L + steps.size());
    }

    @Override
    public StepFigures step(
        List<Item> batch, int itemsAPass, double learningRate, BooleanSupplier stop) {
      for (int pass = 0; pass < batch.size(); pass += itemsAPass) {
        if (stop.getAsBoolean()) {
          throw new RunStoppedException();
        }
      }
      steps.add(objective.getClass().getSimpleName() + batch.size() + batch.get(0).id());
      if (steps.size() == divergesAt) {
        throw new ArithmeticException("loss is NaN");
      }
      boolean krsl = objective instanceof Objective.Krsl;
      return new StepFigures(
          steps.size(), 0.5, 10, krsl ? (Double) 1.0 : null, krsl ? (Double) 4.0 : null);
    }

    @Override
    public void save(Path folder) throws IOException {
      keep(folder.resolve("weights"));
      Files.writeString(folder.resolve("moments"), "of " + steps.size());
    }
  }

  @Override
  public void save(Path folder) throws IOException {
    Files.writeString(folder.resolve("config.json"), "{}");
    keep(folder.resolve(CheckpointFolders.WEIGHTS));
  }

  @Override
  public void keep(Path file) throws IOException {
    if (diskFull) {
      throw new IOException("No space left on device");
    }
    Files.writeString(file, String.join("\n", steps));
  }

  @Override
  public void recall(Path file) throws IOException {
    steps.clear();
    steps.addAll(Files.readAllLines(file));
  }

  @Override
  public List<String> respond(List<int[]> prompts, int maxNewTokens) {
    answered.add(steps.size());
    String answer = "Therefore, the answer is " + answers.apply(steps.size()) + ".";
    return prompts.stream().map(prompt -> answer).toList();
  }

  @Override
  public String place() {
    return "paper";
  }

  @Override
  public void close() {
    steps.clear();
  }
}
