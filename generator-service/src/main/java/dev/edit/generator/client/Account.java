package dev.edit.generator.client;

import dev.edit.contracts.TeacherUsage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.metrics.GeneratorMetrics;
import java.util.concurrent.CompletionStage;

/**
 * What each reply cost. The sum in memory is right even where it could not be written.
 *
 * @param estimate guesses what an endpoint does not tell
 * @param prices what tokens cost
 * @param ledger where the sum is kept
 */
record Account(TokenEstimate estimate, Prices prices, Ledger ledger, GeneratorMetrics metrics)
    implements Book {

  @Override
  public CompletionStage<Void> enter(ChatRequest request, Reply reply) {
    TeacherUsage usage = estimate.learn(request, reply);
    long nanos = prices.nanos(usage);
    metrics.cost(nanos / Prices.NANOS);
    return ledger.record(usage, nanos);
  }
}
