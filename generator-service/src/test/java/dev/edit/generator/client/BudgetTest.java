package dev.edit.generator.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.TeacherUsage;
import dev.edit.generator.domain.stage.ScriptedTeacher;
import dev.edit.generator.domain.teacher.ChatMessage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Sampling;
import dev.edit.generator.metrics.GeneratorMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetTest {
  private static final Prices PRICES = new Prices(2, 10);
  private static final Estimate CALL = new Estimate(1_000, 100);

  @TempDir Path folder;

  @Test
  void shouldLetNothingOutWhenTheNextCallWouldOverdrawIt() {
    Ledger ledger = new Ledger(Optional.empty());
    Budget budget = new Budget(OptionalLong.of(3_000), OptionalLong.empty(), PRICES, ledger);
    assertThat(budget.delay(CALL)).isZero();
    budget.admitted(CALL);
    assertThat(budget.delay(CALL)).isZero();
    budget.admitted(CALL);
    assertThat(budget.delay(CALL)).as("two are out").isPositive();
    assertThat(budget.isExhausted()).isTrue();
    ledger.record(new TeacherUsage("m", 500, 50), 0);
    budget.settled(CALL, null);
    assertThat(budget.delay(CALL)).as("one took less").isZero();
    assertThat(budget.isExhausted()).isFalse();
    assertThat(budget.tokensLeft()).hasValue(2_450);
    assertThat(budget.costNanosLeft()).isEmpty();
  }

  @Test
  void shouldCountMoneyByThePrices() {
    Ledger ledger = new Ledger(Optional.empty());
    long cent = 10_000_000;
    Budget budget = new Budget(OptionalLong.empty(), OptionalLong.of(cent), PRICES, ledger);
    assertThat(PRICES.nanos(CALL)).as("1,000 at 2 and 100 at 10 a million").isEqualTo(3_000_000);
    for (int i = 0; i < 3; i++) {
      assertThat(budget.delay(CALL)).isZero();
      budget.admitted(CALL);
    }
    assertThat(budget.delay(CALL)).isPositive();
  }

  @Test
  void shouldRememberWhatWasSpentWhenTheProcessStartsAgain() {
    for (int start = 1; start <= 3; start++) {
      try (DiskStore store = new DiskStore(folder)) {
        Ledger ledger = new Ledger(Optional.of(store));
        Budget budget = new Budget(OptionalLong.of(2_200), OptionalLong.empty(), PRICES, ledger);
        assertThat(budget.delay(CALL)).as("not before the sum is known").isPositive();
        ledger.load().toCompletableFuture().join();
        assertThat(budget.delay(CALL).isZero()).as("start %d", start).isEqualTo(start <= 2);
        ledger.record(new TeacherUsage("m", 1_000, 100), 7).toCompletableFuture().join();
        assertThat(ledger.tokens()).isEqualTo(1_100L * start);
        assertThat(ledger.costNanos()).isEqualTo(7L * start);
      }
    }
  }

  @Test
  void shouldStopForWhatOtherWorkersSpentWhenTheStoreIsShared() {
    try (DiskStore store = new DiskStore(folder)) {
      Ledger one = new Ledger(Optional.of(store));
      Ledger other = new Ledger(Optional.of(store));
      one.load().toCompletableFuture().join();
      other.record(new TeacherUsage("m", 900, 0), 0).toCompletableFuture().join();
      one.record(new TeacherUsage("m", 50, 0), 0).toCompletableFuture().join();
      assertThat(one.tokens()).isEqualTo(950);
    }
  }

  @Test
  void shouldWaitWhileTheStoreDoesNotSayWhatWasSpent() {
    Ledger ledger = new Ledger(Optional.of(new BrokenStore()));
    Budget budget = new Budget(OptionalLong.of(2_200), OptionalLong.empty(), PRICES, ledger);
    assertThat(ledger.load().toCompletableFuture()).isCompletedExceptionally();
    assertThat(budget.delay(CALL)).isPositive();
  }

  @Test
  void shouldGuessUsageWhenTheEndpointReportsNone() {
    Ledger ledger = new Ledger(Optional.empty());
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    ScriptedTeacher teacher =
        new ScriptedTeacher(
            new Reply.Answered("x".repeat(400), new TeacherUsage("m", 0, 0)),
            new Reply.Refused(400, "no"));
    GeneratorMetrics metrics = new GeneratorMetrics(registry);
    Account account = new Account(new TokenEstimate(), PRICES, ledger, metrics);
    BookedTeacher accounted = new BookedTeacher(teacher, List.of(account), metrics);
    ChatRequest request =
        new ChatRequest(List.of(ChatMessage.user("y".repeat(4_000))), new Sampling(0, 1, 64), 1);
    accounted.ask(request);
    accounted.ask(request);
    assertThat(ledger.tokens()).isEqualTo(1_100);
    assertThat(registry.get("edit.generator.teacher.cost").counter().count()).isEqualTo(0.003);
  }

  @Test
  void shouldExpectWhatCompletionsTookLately() {
    TokenEstimate estimate = new TokenEstimate();
    ChatRequest request =
        new ChatRequest(List.of(ChatMessage.user("12345")), new Sampling(0, 1, 100), 1);
    assertThat(estimate.of(request)).as("at most the limit").isEqualTo(new Estimate(2, 100));
    for (int i = 0; i < 100; i++) {
      estimate.learn(request, new Reply.Answered("!", new TeacherUsage("m", 2, 40)));
    }
    assertThat(estimate.of(request)).isEqualTo(new Estimate(2, 40));
  }

  /** A store that is away. */
  static final class BrokenStore implements TextStore {
    @Override
    public CompletionStage<Optional<String>> get(String map, String key) {
      return CompletableFuture.failedStage(new IllegalStateException("away"));
    }

    @Override
    public CompletionStage<Void> put(String map, String key, String value) {
      return CompletableFuture.failedStage(new IllegalStateException("away"));
    }

    @Override
    public CompletionStage<Long> add(String map, String key, long amount) {
      return CompletableFuture.failedStage(new IllegalStateException("away"));
    }

    @Override
    public void close() {
      // Nothing was opened.
    }
  }
}
