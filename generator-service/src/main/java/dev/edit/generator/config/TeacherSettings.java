package dev.edit.generator.config;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Require;
import dev.edit.generator.client.Dialect;
import dev.edit.generator.client.Prices;
import dev.edit.generator.client.TeacherClient.Money;
import dev.edit.generator.client.TeacherClient.Rates;
import dev.edit.generator.client.TeacherClient.Settings;
import dev.edit.generator.client.TeacherClient.Target;
import dev.edit.generator.client.TeacherClient.Waits;
import dev.edit.generator.config.GeneratorConfig.BudgetConfig;
import dev.edit.generator.config.GeneratorConfig.LimitsConfig;
import dev.edit.generator.config.GeneratorConfig.RetryConfig;
import dev.edit.generator.config.GeneratorConfig.TeacherConfig;
import dev.edit.openai.Endpoint;
import dev.edit.openai.Endpoint.ApiKey;
import java.util.List;
import java.util.OptionalLong;

/** The teacher's part of the configuration, as its client takes it; nonsense is named here. */
final class TeacherSettings {
  private static final String TEACHER = "edit.generator.teacher.";
  private static final String LIMITS = TEACHER + "limits.";
  private static final String BUDGET = "edit.generator.budget.";
  private static final double NANOS = 1e9;
  private static final double MOST_MONEY = 9e9;

  private TeacherSettings() {}

  static Settings of(GeneratorConfig config) {
    TeacherConfig teacher = config.teacher();
    RetryConfig retry = teacher.retry();
    return new Settings(
        target(teacher),
        config.concurrency(),
        retry.times(),
        new Waits(retry.first(), retry.longest(), retry.retryAfterCap()),
        rates(teacher.limits()),
        money(teacher, config.budget()));
  }

  private static Target target(TeacherConfig teacher) {
    Endpoint endpoint =
        new Endpoint(
            Endpoint.requireUrl(TEACHER + "url", teacher.url()),
            Require.text(TEACHER + "model", teacher.model()),
            teacher.apiKey().map(key -> new ApiKey(teacher.apiKeyHeader(), key)),
            teacher.headers(),
            teacher.timeout());
    Dialect dialect =
        new Dialect(
            teacher.style(),
            teacher.maxTokensField(),
            teacher.stop().orElse(List.of()),
            teacher.seed(),
            teacher.reasoning());
    return new Target(endpoint, teacher.connectTimeout(), dialect);
  }

  private static Rates rates(LimitsConfig limits) {
    limits.workers().ifPresent(workers -> Require.atLeast(LIMITS + "workers", workers, 1));
    return new Rates(
        positive(LIMITS + "requests-per-minute", limits.requestsPerMinute()),
        positive(LIMITS + "tokens-per-minute", limits.tokensPerMinute()),
        limits.longestPause());
  }

  private static Money money(TeacherConfig teacher, BudgetConfig budget) {
    Prices prices =
        new Prices(teacher.price().promptPerMillion(), teacher.price().completionPerMillion());
    OptionalLong cost = OptionalLong.empty();
    if (budget.cost().isPresent()) {
      double amount = Require.within(BUDGET + "cost", budget.cost().getAsDouble(), 0, MOST_MONEY);
      if (prices.promptPerMillion() + prices.completionPerMillion() == 0) {
        throw new InvalidRecordException(
            BUDGET + "cost", amount, "edit.generator.teacher.price.* beside it");
      }
      cost = OptionalLong.of(Math.round(amount * NANOS));
    }
    return new Money(prices, positive(BUDGET + "tokens", budget.tokens()), cost);
  }

  private static OptionalLong positive(String key, OptionalLong value) {
    value.ifPresent(number -> Require.atLeast(key, number, 1));
    return value;
  }
}
