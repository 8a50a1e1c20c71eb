package dev.edit.generator.client;

import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Teacher;
import dev.edit.generator.metrics.GeneratorMetrics;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers from what was bought before; only what is new is asked. Belongs outermost: a kept reply
 * needs no one's place, no rate and no budget. {@link BookedTeacher} fills the store.
 */
final class CachingTeacher implements Teacher {
  private final Teacher teacher;
  private final StoredReplies store;
  private final GeneratorMetrics metrics;

  CachingTeacher(Teacher teacher, StoredReplies store, GeneratorMetrics metrics) {
    this.teacher = teacher;
    this.store = store;
    this.metrics = metrics;
  }

  @Override
  public CompletionStage<Reply> ask(ChatRequest request) {
    return store
        .find(request)
        .exceptionally(this::unreadable)
        .thenCompose(
            kept -> {
              metrics.cacheLookup(kept.isPresent());
              return kept.<CompletionStage<Reply>>map(CompletableFuture::completedStage)
                  .orElseGet(() -> teacher.ask(request));
            });
  }

  /** A cache that is away costs money; stopping for it would cost the run. */
  private Optional<Reply> unreadable(Throwable failure) {
    metrics.cacheReadFailed();
    return Optional.empty();
  }
}
