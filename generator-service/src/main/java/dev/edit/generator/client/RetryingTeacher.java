package dev.edit.generator.client;

import dev.edit.contracts.Require;
import dev.edit.generator.domain.Delay;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Teacher;
import dev.edit.generator.metrics.GeneratorMetrics;
import dev.edit.openai.Backoff;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks again while the endpoint is unavailable, at most {@code retries} times, with {@link Backoff}
 * between. Anything else is returned at once. Belongs outside of the limit on concurrency: a call
 * that waits takes no one's place.
 */
final class RetryingTeacher implements Teacher {
  private final Teacher teacher;
  private final int retries;
  private final Backoff backoff;
  private final Delay delay;
  private final GeneratorMetrics metrics;

  RetryingTeacher(
      Teacher teacher, int retries, Backoff backoff, Delay delay, GeneratorMetrics metrics) {
    this.teacher = teacher;
    this.retries = Require.atLeast("retries", retries, 0);
    this.backoff = backoff;
    this.delay = delay;
    this.metrics = metrics;
  }

  @Override
  public CompletionStage<Reply> ask(ChatRequest request) {
    return ask(request, 0);
  }

  private CompletionStage<Reply> ask(ChatRequest request, int retried) {
    return teacher
        .ask(request)
        .thenCompose(
            reply ->
                reply instanceof Reply.Unavailable unavailable && retried < retries
                    ? later(request, retried + 1, unavailable)
                    : CompletableFuture.completedStage(reply));
  }

  private CompletionStage<Reply> later(ChatRequest request, int retry, Reply.Unavailable reply) {
    metrics.retried();
    return delay
        .of(backoff.before(retry, reply.retryAfter()))
        .thenCompose(passed -> ask(request, retry));
  }
}
