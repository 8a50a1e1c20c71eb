package dev.edit.trainer.domain;

import dev.edit.contracts.KeySteps;
import java.util.List;

/** Training diverged; names the stage, the step and the batch that showed it. */
public final class LossNotFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LossNotFiniteException(String stage, int step, List<KeySteps> batch, ArithmeticException cause) {
    super(
        "stage %s, step %d: %s; batch %s"
            .formatted(stage, step, cause.getMessage(), batch.stream().map(KeySteps::key).toList()),
        cause);
  }
}
