package dev.edit.trainer.domain;

import dev.edit.contracts.recipe.OptimizerSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * A student of which something is being trained, all its weights or an adapter; used by one thread.
 */
public interface TrainableStudent extends AutoCloseable {

  /**
   * Starts a stage on the present weights, with a fresh optimizer.
   *
   * @param items all that the stage will read; preferences are scored once before the first step
   * @param seed of whatever the training draws
   */
  Stage open(Objective objective, OptimizerSpec optimizer, List<Item> items, long seed);

  /**
   * Goes on with a stage where {@link Stage#save} left it: every later step has the bits that it
   * would have had without interruption.
   *
   * @param folder that {@link Stage#save} wrote to
   */
  Stage resume(Objective objective, OptimizerSpec optimizer, long seed, Path folder)
      throws IOException;

  /**
   * Writes what was trained, for use: a whole student in Hugging Face layout, or an adapter in
   * PEFT's.
   */
  void save(Path folder) throws IOException;

  /** Writes the trained tensors alone to a file that {@link #recall} reads. */
  void keep(Path file) throws IOException;

  /** Takes up trained tensors again; a stage that is open ends with it. */
  void recall(Path file) throws IOException;

  /** The greedy responses to some prompts, in their order. */
  List<String> respond(List<int[]> prompts, int maxNewTokens);

  /** What it is trained on and in which precision, for people. */
  String place();

  @Override
  void close();

  /** Optimizer steps on one objective. */
  interface Stage {

    /**
     * One step on a batch.
     *
     * @param itemsAPass most items of a forward pass; the gradients of all passes are summed
     * @param stop asked before every pass; where it says yes the step is given up
     * @throws ArithmeticException where the loss or the gradient is not finite; the weights are as
     *     before then
     * @throws RunStoppedException where the step was given up; the weights are as before then
     */
    StepFigures step(List<Item> batch, int itemsAPass, double learningRate, BooleanSupplier stop);

    /**
     * Writes all that {@link TrainableStudent#resume} needs to an empty folder.
     *
     * @throws IOException where the disk refuses
     */
    void save(Path folder) throws IOException;

    /**
     * Memory of the device that computes: bytes in use on a GPU, by all processes; on the CPU what
     * this process holds. Empty where the system does not tell.
     */
    OptionalLong memoryBytes();
  }
}
