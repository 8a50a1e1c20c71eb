package dev.edit.generator.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

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

  /** The response cache was asked. */
  public void cacheLookup(boolean hit) {
    registry.counter(PREFIX + "cache.lookups", "result", hit ? "hit" : "miss").increment();
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

  /** A dead letter was published. */
  public void deadLetter(String stage, String reason) {
    registry.counter(PREFIX + "dead.letters", "stage", stage, "reason", reason).increment();
  }

  /** A record was none of a stage's business. */
  public void skipped(String stage) {
    registry.counter(PREFIX + "skipped", "stage", stage).increment();
  }

  /** A batch was published, or its transaction was aborted and the batch will come again. */
  public void batch(String stage, boolean committed) {
    registry
        .counter(PREFIX + "batches", "stage", stage, "result", committed ? "committed" : "aborted")
        .increment();
  }
}
