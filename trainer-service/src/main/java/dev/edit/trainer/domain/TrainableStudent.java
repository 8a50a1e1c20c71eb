package dev.edit.trainer.domain;

import dev.edit.contracts.KeySteps;
import dev.edit.contracts.recipe.OptimizerSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A student whose weights are being trained; used by one thread. */
public interface TrainableStudent extends AutoCloseable {

  /** Starts a stage on the present weights, with a fresh optimizer. */
  Stage open(Objective objective, OptimizerSpec optimizer);

  /** Writes the present weights and all else that a student needs, in Hugging Face layout. */
  void save(Path folder) throws IOException;

  @Override
  void close();

  /** Optimizer steps on one objective. */
  @FunctionalInterface
  interface Stage {

    /**
     * One step on a batch.
     *
     * @throws ArithmeticException where the loss or the gradient is not finite; the weights are as
     *     before then
     */
    StepFigures step(List<KeySteps> batch, double learningRate);
  }
}
