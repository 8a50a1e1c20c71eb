package dev.edit.generator.domain.stage;

import dev.edit.contracts.TeacherUsage;
import dev.edit.generator.domain.teacher.ChatMessage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Sampling;
import dev.edit.generator.domain.teacher.Teacher;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Asks a teacher until a reply is usable, at most {@code most} times, hotter each time. A refusal
 * or an endpoint that stayed away ends it at once: another sample would not help.
 */
public final class Attempts {
  private final Teacher teacher;
  private final Sampling sampling;
  private final double step;
  private final int most;

  /**
   * A budget of attempts.
   *
   * @param step what is added to the temperature for each further attempt
   * @param most at least 1
   */
  public Attempts(Teacher teacher, Sampling sampling, double step, int most) {
    this.teacher = teacher;
    this.sampling = sampling;
    this.step = step;
    this.most = most;
  }

  /**
   * What came of all attempts.
   *
   * @param <T> what was looked for
   */
  sealed interface Result<T> {
    record Usable<T>(T value, TeacherUsage usage, int attempt) implements Result<T> {}

    record Failed<T>(Reason reason, String message, int attempts) implements Result<T> {
      Outcome.GivenUp givenUp(String problemId) {
        return new Outcome.GivenUp(problemId, reason, message, attempts);
      }
    }
  }

  /** Asks until {@code check} finds what it looks for in a reply's text. */
  <T> CompletionStage<Result<T>> until(
      List<ChatMessage> prompt, Function<String, Reading<T>> check) {
    return attempt(prompt, check, 1);
  }

  private <T> CompletionStage<Result<T>> attempt(
      List<ChatMessage> prompt, Function<String, Reading<T>> check, int attempt) {
    ChatRequest request = new ChatRequest(prompt, sampling.forAttempt(attempt, step), attempt);
    return teacher
        .ask(request)
        .thenCompose(
            reply -> {
              Result<T> result = judge(reply, check, attempt);
              return retriable(result) && attempt < most
                  ? attempt(prompt, check, attempt + 1)
                  : CompletableFuture.completedStage(result);
            });
  }

  private static <T> Result<T> judge(Reply reply, Function<String, Reading<T>> check, int attempt) {
    if (reply instanceof Reply.Answered answered) {
      Reading<T> reading = check.apply(answered.text());
      return reading instanceof Reading.Found<T> found
          ? new Result.Usable<>(found.value(), answered.usage(), attempt)
          : failed((Reading.Missing<T>) reading, attempt);
    }
    if (reply instanceof Reply.Unusable unusable) {
      return new Result.Failed<>(Reason.of(unusable.flaw()), unusable.message(), attempt);
    }
    if (reply instanceof Reply.Refused refused) {
      return new Result.Failed<>(
          Reason.TEACHER_REFUSED,
          "HTTP status " + refused.status() + ": " + refused.message(),
          attempt);
    }
    Reply.Unavailable unavailable = (Reply.Unavailable) reply;
    return new Result.Failed<>(Reason.TEACHER_UNAVAILABLE, unavailable.message(), attempt);
  }

  private static <T> Result<T> failed(Reading.Missing<T> missing, int attempt) {
    return new Result.Failed<>(missing.reason(), missing.message(), attempt);
  }

  private static boolean retriable(Result<?> result) {
    return result instanceof Result.Failed<?> failed
        && failed.reason() != Reason.TEACHER_REFUSED
        && failed.reason() != Reason.TEACHER_UNAVAILABLE;
  }
}
