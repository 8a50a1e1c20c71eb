package dev.edit.generator.domain;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Time passing, without a thread that waits for it; tests pass time by hand. */
@FunctionalInterface
public interface Delay {
  /** Completes when the duration has passed. */
  CompletionStage<Void> of(Duration duration);
}
