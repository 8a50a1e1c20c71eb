package dev.edit.generator.client;

import dev.edit.contracts.Require;
import dev.edit.contracts.TeacherUsage;

/**
 * What tokens cost, in whatever currency the user counts.
 *
 * @param promptPerMillion for a million tokens read
 * @param completionPerMillion for a million tokens written
 */
public record Prices(double promptPerMillion, double completionPerMillion) {
  /** The ledger counts billionths, so that sums are exact. */
  static final double NANOS = 1e9;

  private static final double MILLION = 1e6;
  private static final double MOST = 1e6;

  public Prices {
    Require.within("edit.generator.teacher.price.prompt-per-million", promptPerMillion, 0, MOST);
    Require.within(
        "edit.generator.teacher.price.completion-per-million", completionPerMillion, 0, MOST);
  }

  long nanos(Estimate estimate) {
    return nanos(estimate.promptTokens(), estimate.completionTokens());
  }

  long nanos(TeacherUsage usage) {
    return nanos(usage.promptTokens(), usage.completionTokens());
  }

  private long nanos(long prompt, long completion) {
    double amount = prompt * promptPerMillion + completion * completionPerMillion;
    return Math.round(amount / MILLION * NANOS);
  }
}
