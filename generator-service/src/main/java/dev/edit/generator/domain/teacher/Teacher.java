package dev.edit.generator.domain.teacher;

import java.util.concurrent.CompletionStage;

/**
 * A chat model. Retry, limits, cache and metrics are decorators of this interface.
 *
 * <p>Whatever the endpoint does becomes a {@link Reply}; the stage completes exceptionally only on
 * a programming error. It never blocks the caller.
 */
@FunctionalInterface
public interface Teacher {
  /** Asks once. */
  CompletionStage<Reply> ask(ChatRequest request);
}
