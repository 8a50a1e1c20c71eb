package dev.edit.trainer.operator;

import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.Progress;
import dev.edit.contracts.RunEvent.State;
import dev.edit.trainer.operator.DistillationRunStatus.Phase;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells a run's story in a status. Equal stories give equal statuses, so that whoever compares them
 * writes only what is new.
 */
final class StatusWriter {
  private static final String ACCEPTED = "Accepted";
  private static final String PLACED = "Placed";
  private static final String SUCCEEDED = "Succeeded";
  private static final String YES = "True";
  private static final String NO = "False";

  private final InstantSource clock;

  StatusWriter(InstantSource clock) {
    this.clock = clock;
  }

  /** The status of a resource whose run could not be ordered. */
  DistillationRunStatus refused(DistillationRun resource, String reason, String message) {
    return new DistillationRunStatus(
        resource.getMetadata().getGeneration(),
        Phase.REFUSED,
        null,
        null,
        null,
        message,
        null,
        List.of(condition(resource, ACCEPTED, NO, reason, message)));
  }

  /** The status of a resource whose run is on edit.runs. */
  DistillationRunStatus told(DistillationRun resource, RunSight sight) {
    Phase phase = phase(sight);
    String message = sight.state().isEmpty() ? null : sight.message();
    return new DistillationRunStatus(
        resource.getMetadata().getGeneration(),
        phase,
        sight.run().epoch(),
        progress(sight),
        accuracy(sight),
        message,
        sight.checkpoint() == null ? null : sight.checkpoint().uri(),
        List.of(
            accepted(resource, phase),
            placed(resource, phase, message),
            succeeded(resource, phase, message)));
  }

  private static Phase phase(RunSight sight) {
    return sight.state().map(state -> Phase.valueOf(state.name())).orElse(Phase.ORDERED);
  }

  private static String progress(RunSight sight) {
    if (sight.state().filter(state -> state == State.SUCCEEDED).isPresent()) {
      return "100 %";
    }
    RunEvent report = sight.state().isEmpty() ? null : sight.progress();
    if (report == null) {
      return null;
    }
    Progress figures = report.progress();
    double share = 100.0 * figures.step() / Math.max(1, figures.steps());
    return String.format(Locale.ROOT, "%s %.0f %%", report.stage(), share);
  }

  private static String accuracy(RunSight sight) {
    return sight.evaluation() == null
        ? null
        : String.format(Locale.ROOT, "%.2f %%", 100 * sight.evaluation().overall().accuracy());
  }

  private Condition accepted(DistillationRun resource, Phase phase) {
    return phase == Phase.ORDERED
        ? condition(resource, ACCEPTED, "Unknown", "Ordered", "on edit.runs")
        : condition(resource, ACCEPTED, YES, "Dispatched", "the dispatcher has taken it on");
  }

  private Condition placed(DistillationRun resource, Phase phase, String message) {
    return switch (phase) {
      case RUNNING -> condition(resource, PLACED, YES, "Running", "has a worker");
      case PENDING -> condition(resource, PLACED, NO, "Waiting", message);
      case ORDERED, ACCEPTED -> condition(resource, PLACED, NO, "Queued", "waits for its turn");
      case SUCCEEDED, FAILED, CANCELLED, REFUSED ->
          condition(resource, PLACED, NO, "Ended", "has no worker any more");
    };
  }

  private Condition succeeded(DistillationRun resource, Phase phase, String message) {
    return switch (phase) {
      case SUCCEEDED -> condition(resource, SUCCEEDED, YES, "Trained", message);
      case FAILED, CANCELLED, REFUSED -> condition(resource, SUCCEEDED, NO, phase.word(), message);
      case ORDERED, ACCEPTED, PENDING, RUNNING ->
          condition(resource, SUCCEEDED, "Unknown", "NotEnded", null);
    };
  }

  /** A condition's time is that of its last change of status. */
  private Condition condition(
      DistillationRun resource, String type, String status, String reason, String message) {
    Optional<Condition> before =
        Optional.ofNullable(resource.getStatus())
            .map(DistillationRunStatus::conditions)
            .flatMap(all -> all.stream().filter(old -> old.getType().equals(type)).findFirst());
    String since =
        before
            .filter(old -> old.getStatus().equals(status))
            .map(Condition::getLastTransitionTime)
            .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message == null ? "" : message)
        .withLastTransitionTime(since)
        .withObservedGeneration(resource.getMetadata().getGeneration())
        .build();
  }
}
