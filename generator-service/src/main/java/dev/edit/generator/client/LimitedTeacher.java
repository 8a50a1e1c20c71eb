package dev.edit.generator.client;

import dev.edit.contracts.Require;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Teacher;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * At most so many calls at once; the others wait their turn, first come first served, without a
 * thread.
 */
public final class LimitedTeacher implements Teacher {
  private final Teacher teacher;
  private final int concurrency;
  private final Queue<Waiting> queue = new ArrayDeque<>();
  private int running;
  private boolean draining;

  public LimitedTeacher(Teacher teacher, int concurrency) {
    this.teacher = teacher;
    this.concurrency = Require.atLeast("concurrency", concurrency, 1);
  }

  private record Waiting(ChatRequest request, CompletableFuture<Reply> reply) {}

  @Override
  public CompletionStage<Reply> ask(ChatRequest request) {
    Waiting waiting = new Waiting(request, new CompletableFuture<>());
    synchronized (this) {
      queue.add(waiting);
    }
    drain();
    return waiting.reply;
  }

  /** Starts calls while there is room; a loop, so that instant replies do not nest. */
  private void drain() {
    synchronized (this) {
      if (draining) {
        return;
      }
      draining = true;
    }
    for (Waiting next = next(); next != null; next = next()) {
      start(next);
    }
  }

  private synchronized Waiting next() {
    Waiting next = running < concurrency ? queue.poll() : null;
    if (next == null) {
      draining = false;
    } else {
      running++;
    }
    return next;
  }

  private void start(Waiting waiting) {
    CompletionStage<Reply> call;
    try {
      call = teacher.ask(waiting.request);
    } catch (RuntimeException e) {
      call = CompletableFuture.failedStage(e);
    }
    call.whenComplete(
        (reply, failure) -> {
          synchronized (this) {
            running--;
          }
          drain();
          if (failure == null) {
            waiting.reply.complete(reply);
          } else {
            waiting.reply.completeExceptionally(failure);
          }
        });
  }
}
