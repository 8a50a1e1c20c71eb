package dev.edit.generator.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/**
 * Every figure the generator exposes, {@code edit_generator_...}. Labels come from closed sets of
 * codes: never a problem's id, never a text.
 */
public final class GeneratorMetrics {
  private static final String PREFIX = "edit.generator.";

  private final MeterRegistry registry;
  private final AtomicInteger inFlight;

  public GeneratorMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.inFlight = registry.gauge(PREFIX + "teacher.in.flight", new AtomicInteger());
  }

  /** A call goes out to the teacher. */
  public void callStarted() {
    inFlight.incrementAndGet();
  }

  /** A call came back. */
  public void callEnded(String outcome, Duration latency) {
    inFlight.decrementAndGet();
    Timer.builder(PREFIX + "teacher.calls")
        .description("Teacher calls by outcome, and their latency")
        .tag("outcome", outcome)
        .register(registry)
        .record(latency);
  }

  /** What a call cost. */
  public void tokens(long prompt, long completion) {
    registry.counter(PREFIX + "teacher.tokens", "kind", "prompt").increment(prompt);
    registry.counter(PREFIX + "teacher.tokens", "kind", "completion").increment(completion);
  }

  /** What a call cost in money. */
  public void cost(double amount) {
    registry.counter(PREFIX + "teacher.cost").increment(amount);
  }

  /** The endpoint said 429. */
  public void rateLimited() {
    registry.counter(PREFIX + "teacher.rate.limited").increment();
  }

  /** A call is tried again. */
  public void retried() {
    registry.counter(PREFIX + "teacher.retries").increment();
  }

  /** How many calls wait for a place, the pace or the budget. */
  public void watchWaiting(IntSupplier waiting) {
    Gauge.builder(PREFIX + "teacher.waiting", waiting, IntSupplier::getAsInt)
        .strongReference(true)
        .register(registry);
  }

  /** How much of a budget is left, in {@code tokens} or {@code currency}. */
  public void watchBudget(String unit, DoubleSupplier left) {
    Gauge.builder(PREFIX + "budget.left", left, DoubleSupplier::getAsDouble)
        .tag("unit", unit)
        .strongReference(true)
        .register(registry);
  }

  /** How many workers share the account. */
  public void watchWorkers(IntSupplier workers) {
    Gauge.builder(PREFIX + "workers", workers, IntSupplier::getAsInt)
        .strongReference(true)
        .register(registry);
  }

  /** The response cache was asked. */
  public void cacheLookup(boolean hit) {
    registry.counter(PREFIX + "cache.lookups", "result", hit ? "hit" : "miss").increment();
  }

  /** The response cache did not answer. */
  public void cacheReadFailed() {
    registry.counter(PREFIX + "cache.read.failures").increment();
  }

  /** A reply could not be kept. */
  public void cacheWriteFailed() {
    registry.counter(PREFIX + "cache.write.failures").increment();
  }

  /** A chain of thought was published. */
  public void cot(String verdict) {
    registry.counter(PREFIX + "cots", "verdict", verdict).increment();
  }

  /** A dual chain of thought was published. */
  public void dual(String origin, String reasonAlone) {
    registry.counter(PREFIX + "duals", "origin", origin, "alone", reasonAlone).increment();
  }

  /** A mistake was asked for: its pattern, or the reason why there is none. */
  public void mistake(String result) {
    registry.counter(PREFIX + "mistakes", "result", result).increment();
  }

  /** A dead letter was published. */
  public void deadLetter(String stage, String reason) {
    registry.counter(PREFIX + "dead.letters", "stage", stage, "reason", reason).increment();
  }

  /** A record was none of a stage's business. */
  public void skipped(String stage) {
    registry.counter(PREFIX + "skipped", "stage", stage).increment();
  }

  /** Results were committed, or their transaction was aborted and is tried again. */
  public void batch(String stage, boolean committed) {
    registry
        .counter(PREFIX + "batches", "stage", stage, "result", committed ? "committed" : "aborted")
        .increment();
  }

  /** Partitions went to another worker, and with them records that were begun here. */
  public void handedOver(String stage, int begun) {
    registry.counter(PREFIX + "handed.over", "stage", stage).increment(begun);
  }

  /** A stage's reading failed and begins anew. */
  public void loopFailed(String stage) {
    registry.counter(PREFIX + "loop.failures", "stage", stage).increment();
  }
}
