package dev.edit.generator.domain.stage;

import dev.edit.prompts.Exemplar;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Remembers which pairs were drawn. After a restart the pool may know more pairs; drawing again
 * would make another prompt, and its reply would be paid for again.
 */
public interface Draws {
  /** The pairs that were drawn under a key, if any were. */
  CompletionStage<Optional<List<Exemplar>>> find(String key);

  /** Completes when the pairs will survive the end of this process. */
  CompletionStage<Void> keep(String key, List<Exemplar> pairs);

  /** Remembers nothing. */
  static Draws forgotten() {
    return new Draws() {
      @Override
      public CompletionStage<Optional<List<Exemplar>>> find(String key) {
        return CompletableFuture.completedStage(Optional.empty());
      }

      @Override
      public CompletionStage<Void> keep(String key, List<Exemplar> pairs) {
        return CompletableFuture.completedStage(null);
      }
    };
  }
}
