package dev.edit.generator.client;

import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Reply.Flaw;
import dev.edit.generator.domain.teacher.Teacher;
import dev.edit.generator.metrics.GeneratorMetrics;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps everything that was paid for. A reply is handed on only after it is kept; inside of the
 * limit on concurrency this means that a kill costs no more than the calls in flight.
 */
final class KeepingTeacher implements Teacher {
  private final Teacher teacher;
  private final ReplyKey key;
  private final StoredReplies store;
  private final GeneratorMetrics metrics;

  KeepingTeacher(Teacher teacher, ReplyKey key, StoredReplies store, GeneratorMetrics metrics) {
    this.teacher = teacher;
    this.key = key;
    this.store = store;
    this.metrics = metrics;
  }

  @Override
  public CompletionStage<Reply> ask(ChatRequest request) {
    return teacher.ask(request).thenCompose(reply -> keep(request, reply));
  }

  private CompletionStage<Reply> keep(ChatRequest request, Reply reply) {
    return paidFor(reply)
        ? store.keep(key.of(request), reply).handle((kept, failure) -> handOn(reply, failure))
        : CompletableFuture.completedStage(reply);
  }

  /** A cache that cannot write costs money later; losing the reply would cost it now. */
  private Reply handOn(Reply reply, Throwable failure) {
    if (failure != null) {
      metrics.cacheWriteFailed();
    }
    return reply;
  }

  private static boolean paidFor(Reply reply) {
    return reply instanceof Reply.Answered
        || (reply instanceof Reply.Unusable unusable
            && unusable.flaw() != Flaw.MALFORMED
            && unusable.flaw() != Flaw.OVERSIZE);
  }
}
