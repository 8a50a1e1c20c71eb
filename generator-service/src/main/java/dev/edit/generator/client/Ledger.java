package dev.edit.generator.client;

import dev.edit.contracts.TeacherUsage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was spent, ever: kept beside the replies, so that it survives restarts, and over all workers
 * where the store is shared. Thread-safe.
 */
final class Ledger {
  private static final String MAP = "ledger";
  private static final String TOKENS = "tokens";
  private static final String COST = "cost-nanos";

  private final Optional<TextStore> store;
  private final AtomicLong tokens = new AtomicLong();
  private final AtomicLong cost = new AtomicLong();
  private volatile boolean known;

  /**
   * A ledger.
   *
   * @param store where it is kept; empty: it starts at nothing with each start
   */
  Ledger(Optional<TextStore> store) {
    this.store = store;
    this.known = store.isEmpty();
  }

  /** Reads what was spent before; until then {@link #isKnown} is false. May be called again. */
  CompletionStage<Void> load() {
    return record(new TeacherUsage("none", 0, 0), 0).thenRun(() -> known = true);
  }

  boolean isKnown() {
    return known;
  }

  /** Completes when it is written down. */
  CompletionStage<Void> record(TeacherUsage usage, long costNanos) {
    long used = usage.promptTokens() + usage.completionTokens();
    CompletionStage<Long> tokensNow = add(TOKENS, tokens, used);
    CompletionStage<Long> costNow = add(COST, cost, costNanos);
    return tokensNow.thenCombine(costNow, (a, b) -> null);
  }

  /**
   * Counted here at once, and corrected by the store's sum, which other workers add to. Once the
   * sum is known nothing is written for nothing.
   */
  private CompletionStage<Long> add(String key, AtomicLong here, long amount) {
    if (known && amount == 0) {
      return CompletableFuture.completedStage(here.get());
    }
    here.addAndGet(amount);
    return store
        .map(
            kept ->
                kept.add(MAP, key, amount).thenApply(sum -> here.accumulateAndGet(sum, Math::max)))
        .orElseGet(() -> CompletableFuture.completedStage(here.get()));
  }

  long tokens() {
    return tokens.get();
  }

  long costNanos() {
    return cost.get();
  }
}
