package dev.edit.generator.client;

import dev.edit.generator.domain.teacher.Reply;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Lets calls out while there is money: what the calls at the teacher are expected to take is set
 * aside, so that many at once overdraw no more than the guess was wrong. When it is used up calls
 * wait; nothing is given up, and a higher budget, or one that another worker has left, lets them go
 * on. Thread-safe.
 */
final class Budget implements Admission {
  private static final Duration LATER = Duration.ofSeconds(1);

  private final OptionalLong mostTokens;
  private final OptionalLong mostCostNanos;
  private final Prices prices;
  private final Ledger ledger;
  private long reservedTokens;
  private long reservedNanos;
  private boolean exhausted;

  Budget(OptionalLong mostTokens, OptionalLong mostCostNanos, Prices prices, Ledger ledger) {
    this.mostTokens = mostTokens;
    this.mostCostNanos = mostCostNanos;
    this.prices = prices;
    this.ledger = ledger;
  }

  @Override
  public synchronized Duration delay(Estimate estimate) {
    if (!ledger.isKnown()) {
      return LATER;
    }
    exhausted =
        mostTokens.orElse(Long.MAX_VALUE) < ledger.tokens() + reservedTokens + estimate.tokens()
            || mostCostNanos.orElse(Long.MAX_VALUE)
                < ledger.costNanos() + reservedNanos + prices.nanos(estimate);
    return exhausted ? LATER : Duration.ZERO;
  }

  @Override
  public synchronized void admitted(Estimate estimate) {
    reservedTokens += estimate.tokens();
    reservedNanos += prices.nanos(estimate);
  }

  @Override
  public synchronized void settled(Estimate estimate, Reply reply) {
    reservedTokens -= estimate.tokens();
    reservedNanos -= prices.nanos(estimate);
  }

  /** Whether the last call that was to go out had to wait for money. */
  synchronized boolean isExhausted() {
    return exhausted;
  }

  /** Tokens left, if they are limited; below zero where the last calls took more than expected. */
  OptionalLong tokensLeft() {
    return mostTokens.isPresent()
        ? OptionalLong.of(mostTokens.getAsLong() - ledger.tokens())
        : OptionalLong.empty();
  }

  /** Billionths of the currency left, if they are limited. */
  OptionalLong costNanosLeft() {
    return mostCostNanos.isPresent()
        ? OptionalLong.of(mostCostNanos.getAsLong() - ledger.costNanos())
        : OptionalLong.empty();
  }
}
