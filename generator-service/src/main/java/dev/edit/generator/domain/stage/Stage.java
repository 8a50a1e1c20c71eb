package dev.edit.generator.domain.stage;

import java.util.concurrent.CompletionStage;

/**
 * One step of the way from a problem to a dual chain of thought.
 *
 * @param <T> the record it reads
 */
@FunctionalInterface
public interface Stage<T> {
  /** Works on one record without blocking; fails only on a programming error. */
  CompletionStage<Outcome> of(T item);
}
