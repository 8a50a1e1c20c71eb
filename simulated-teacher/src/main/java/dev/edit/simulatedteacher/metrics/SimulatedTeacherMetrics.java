package dev.edit.simulatedteacher.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * {@code edit_simulated_teacher_requests_total} by kind (cep, ahp, ccp, mistake, none) and outcome,
 * {@code edit_simulated_teacher_faults_total} by fault, and {@code
 * edit_simulated_teacher_tokens_total} by side (prompt, completion).
 */
@Singleton
public final class SimulatedTeacherMetrics {
  private final MeterRegistry registry;

  @Inject
  SimulatedTeacherMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts a request. */
  public void request(String kind, String outcome) {
    registry
        .counter("edit.simulated.teacher.requests", "kind", kind, "outcome", outcome)
        .increment();
  }

  /** Counts something that goes wrong on purpose. */
  public void fault(String label) {
    registry.counter("edit.simulated.teacher.faults", "fault", label).increment();
  }

  /** Counts the word pieces that a request cost. */
  public void tokens(int prompt, int completion) {
    registry.counter("edit.simulated.teacher.tokens", "side", "prompt").increment(prompt);
    registry.counter("edit.simulated.teacher.tokens", "side", "completion").increment(completion);
  }
}
