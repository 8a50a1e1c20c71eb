package dev.edit.trainer.metrics;

import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.Progress;
import dev.edit.contracts.RunEvent.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Every metric of the trainer: {@code edit_trainer_runs_active}, {@code edit_trainer_runs_queued},
 * {@code edit_trainer_run_states_total{state}}, {@code edit_trainer_dead_letters_total{reason}},
 * and of the newest progress report of each stage {@code edit_trainer_loss}, {@code
 * edit_trainer_learning_rate}, {@code edit_trainer_gradient_norm}, {@code
 * edit_trainer_tokens_per_second}, {@code edit_trainer_right_key_nll}, {@code
 * edit_trainer_wrong_key_nll}, {@code edit_trainer_eta_seconds}, {@code edit_trainer_memory_bytes}
 * with label {@code stage}.
 */
public final class TrainerMetrics {
  private final MeterRegistry registry;
  private final Map<String, Progress> newest = new ConcurrentHashMap<>();

  public TrainerMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (State state : State.values()) {
      states(state);
    }
  }

  /** Shows how many runs have a worker and how many wait for one. */
  public void watch(IntSupplier active, IntSupplier queued) {
    Gauge.builder("edit_trainer_runs_active", active::getAsInt).register(registry);
    Gauge.builder("edit_trainer_runs_queued", queued::getAsInt).register(registry);
  }

  /** Counts a change of state, or shows a stage's newest figures. */
  public void record(RunEvent event) {
    Progress progress = event.progress();
    if (progress == null) {
      states(event.state()).increment();
    } else if (event.stage() != null && newest.put(event.stage(), progress) == null) {
      show("edit_trainer_loss", event.stage(), Progress::loss);
      show("edit_trainer_learning_rate", event.stage(), Progress::learningRate);
      show("edit_trainer_gradient_norm", event.stage(), Progress::gradientNorm);
      show("edit_trainer_tokens_per_second", event.stage(), Progress::tokensPerSecond);
      show("edit_trainer_right_key_nll", event.stage(), p -> orNaN(p.rightKeyNll()));
      show("edit_trainer_wrong_key_nll", event.stage(), p -> orNaN(p.wrongKeyNll()));
      show("edit_trainer_eta_seconds", event.stage(), p -> orNaN(p.etaSeconds()));
      show("edit_trainer_memory_bytes", event.stage(), TrainerMetrics::memory);
    }
  }

  /** Counts a record of edit.runs that could not be read. */
  public void deadLetter(String reason) {
    registry.counter("edit_trainer_dead_letters_total", "reason", reason).increment();
  }

  private io.micrometer.core.instrument.Counter states(State state) {
    return registry.counter(
        "edit_trainer_run_states_total", "state", state.name().toLowerCase(Locale.ROOT));
  }

  private void show(String name, String stage, ToDoubleFunction<Progress> figure) {
    Gauge.builder(name, () -> figure.applyAsDouble(newest.get(stage)))
        .tag("stage", stage)
        .register(registry);
  }

  private static double memory(Progress progress) {
    return progress.memoryBytes() == null ? Double.NaN : progress.memoryBytes();
  }

  private static double orNaN(Double value) {
    return value == null ? Double.NaN : value;
  }
}
