package dev.edit.trainer.domain;

import dev.edit.contracts.recipe.OptimizerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Counts what is asked of it; its weights are the steps it took. */
final class FakeStudent implements TrainableStudent {
  final List<String> steps = new ArrayList<>();
  int divergesAt = -1;
  boolean diskFull;

  @Override
  public Stage open(Objective objective, OptimizerSpec optimizer) {
    return (batch, rate) -> {
      steps.add(objective.getClass().getSimpleName() + batch.size());
      if (steps.size() == divergesAt) {
        throw new ArithmeticException("loss is NaN");
      }
      boolean krsl = objective instanceof Objective.Krsl;
      return new StepFigures(
          steps.size(), 0.5, 10, krsl ? (Double) 1.0 : null, krsl ? (Double) 4.0 : null);
    };
  }

  @Override
  public void save(Path folder) throws IOException {
    Files.writeString(folder.resolve("config.json"), "{}");
    if (diskFull) {
      throw new IOException("No space left on device");
    }
    Files.writeString(folder.resolve(CheckpointFolders.WEIGHTS), steps.toString());
  }

  @Override
  public void close() {
    steps.clear();
  }
}
