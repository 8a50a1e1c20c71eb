package dev.edit.trainer.domain;

import java.util.List;

/** Training diverged; names the stage, the step and the batch that showed it. */
public final class LossNotFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String stage;
  private final int step;
  private final transient List<String> batch;

  LossNotFiniteException(String stage, int step, List<Item> batch, ArithmeticException cause) {
    super("stage %s, step %d: %s".formatted(stage, step, cause.getMessage()), cause);
    this.stage = stage;
    this.step = step;
    this.batch = batch.stream().map(Item::id).toList();
  }

  /** The stage's name. */
  public String stage() {
    return stage;
  }

  /** The step of the stage, counted from 1. */
  public int step() {
    return step;
  }

  /** Ids of the records in the step's batch. */
  public List<String> batch() {
    return batch;
  }
}
