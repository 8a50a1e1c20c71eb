package dev.edit.trainer.domain;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.recipe.RunCheck;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The end of a run whose fields do not fit together, told before any worker is started. */
final class Refusal {
  private static final String REASON = "invalid-run";

  private Refusal() {}

  /** The event that names every field that is wrong; empty for a sound run. */
  static Optional<RunEvent> of(Run run, Instant at) {
    List<InvalidRecordException> violations = RunCheck.violations(run);
    if (violations.isEmpty()) {
      return Optional.empty();
    }
    String message =
        violations.stream()
            .map(InvalidRecordException::getMessage)
            .collect(Collectors.joining("; "));
    RunEvent refused =
        new RunEvent(run.id(), at, State.FAILED, null, message, null, null, REASON, null);
    return Optional.of(refused.ofAttempt(run.epoch()));
  }
}
