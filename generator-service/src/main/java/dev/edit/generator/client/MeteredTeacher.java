package dev.edit.generator.client;

import dev.edit.contracts.TeacherUsage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Teacher;
import dev.edit.generator.metrics.GeneratorMetrics;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Counts calls, their latency and what they cost. */
final class MeteredTeacher implements Teacher {
  private final Teacher teacher;
  private final GeneratorMetrics metrics;

  MeteredTeacher(Teacher teacher, GeneratorMetrics metrics) {
    this.teacher = teacher;
    this.metrics = metrics;
  }

  @Override
  public CompletionStage<Reply> ask(ChatRequest request) {
    long start = System.nanoTime();
    metrics.callStarted();
    return teacher.ask(request).whenComplete((reply, failure) -> ended(reply, start));
  }

  private void ended(Reply reply, long start) {
    Duration latency = Duration.ofNanos(System.nanoTime() - start);
    metrics.callEnded(reply == null ? "error" : reply.outcome(), latency);
    if (reply instanceof Reply.Answered answered) {
      count(answered.usage());
    } else if (reply instanceof Reply.Unusable unusable) {
      count(unusable.usage());
    }
  }

  private void count(TeacherUsage usage) {
    metrics.tokens(usage.promptTokens(), usage.completionTokens());
  }
}
