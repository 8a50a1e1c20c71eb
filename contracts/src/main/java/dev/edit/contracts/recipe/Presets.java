package dev.edit.contracts.recipe;

import dev.edit.contracts.InvalidRecordException;
import java.util.List;

/** Hyperparameters under a name. */
public final class Presets {
  /** The paper's values for a 7B student (method, section 4). */
  public static final String PAPER = "paper";

  /** All names. */
  public static final List<String> NAMES = List.of(PAPER);

  private static final OptimizerSpec ADAMW = new OptimizerSpec(0.9, 0.999, 1e-8, 0, 0);
  private static final int BATCH = 16;

  /** The paper's 4 accumulated batches on each of 4 GPUs, on one device. */
  private static final int ACCUMULATION = 16;

  private static final int MAX_LENGTH = 1024;
  private static final int SFT_EPOCHS = 15;
  private static final int SECOND_EPOCHS = 10;
  private static final double SFT_RATE = 2e-4;
  private static final double KRSL_RATE = 5e-6;
  private static final double DPO_RATE = 1e-5;
  private static final double DPO_WARM_UP = 0.3;
  private static final double DPO_BETA = 0.1;
  private static final KeepBestSpec BEST_EPOCH = new KeepBestSpec(0.05, 200, MAX_LENGTH);

  private Presets() {}

  /**
   * The hyperparameters of a name, for a recipe: only the stages that it has are there.
   *
   * @throws InvalidRecordException where there is no such name
   */
  public static Hyperparameters named(String name, Recipe recipe) {
    if (!name.equals(PAPER)) {
      throw new InvalidRecordException("preset", name, "one of " + NAMES);
    }
    return paper(recipe);
  }

  private static Hyperparameters paper(Recipe recipe) {
    boolean krsl = recipe.secondStage() == SecondStage.KRSL;
    boolean dpo = recipe.secondStage() == SecondStage.DPO;
    return new Hyperparameters(
        exponential(SFT_EPOCHS, SFT_RATE),
        krsl ? exponential(SECOND_EPOCHS, KRSL_RATE) : null,
        krsl ? KrslSpec.REFERENCE : null,
        MAX_LENGTH,
        false,
        dpo ? new DpoSpec(cosine(SECOND_EPOCHS, DPO_RATE, DPO_WARM_UP), DPO_BETA) : null,
        null,
        LoraSpec.REFERENCE,
        Hyperparameters.Precision.BF16,
        BEST_EPOCH,
        null);
  }

  private static StageSpec exponential(int epochs, double rate) {
    return stage(epochs, rate, StageSpec.Schedule.EXPONENTIAL, null);
  }

  private static StageSpec cosine(int epochs, double rate, double warmupRatio) {
    return stage(epochs, rate, StageSpec.Schedule.COSINE, warmupRatio);
  }

  private static StageSpec stage(
      int epochs, double rate, StageSpec.Schedule schedule, Double warmupRatio) {
    return new StageSpec(
        0, BATCH, rate, schedule, 0, ADAMW, epochs, ACCUMULATION, warmupRatio, null);
  }
}
