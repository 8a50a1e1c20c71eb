package dev.edit.generator.client;

import dev.edit.contracts.TeacherUsage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Teacher;
import dev.edit.generator.metrics.GeneratorMetrics;
import java.util.concurrent.CompletionStage;

/** Writes down what each reply cost before it hands it on. */
final class AccountedTeacher implements Teacher {
  private final Teacher teacher;
  private final TokenEstimate estimate;
  private final Prices prices;
  private final Ledger ledger;
  private final GeneratorMetrics metrics;

  AccountedTeacher(Teacher teacher, Account account, GeneratorMetrics metrics) {
    this.teacher = teacher;
    this.estimate = account.estimate();
    this.prices = account.prices();
    this.ledger = account.ledger();
    this.metrics = metrics;
  }

  /** How what was spent is known, priced and kept. */
  record Account(TokenEstimate estimate, Prices prices, Ledger ledger) {}

  @Override
  public CompletionStage<Reply> ask(ChatRequest request) {
    return teacher
        .ask(request)
        .thenCompose(
            reply -> {
              TeacherUsage usage = estimate.learn(request, reply);
              long nanos = prices.nanos(usage);
              metrics.cost(nanos / Prices.NANOS);
              return ledger
                  .record(usage, nanos)
                  .handle((written, failure) -> handOn(reply, failure));
            });
  }

  /** The sum in memory is right even where it could not be written. */
  private Reply handOn(Reply reply, Throwable failure) {
    if (failure != null) {
      metrics.cacheWriteFailed();
    }
    return reply;
  }
}
