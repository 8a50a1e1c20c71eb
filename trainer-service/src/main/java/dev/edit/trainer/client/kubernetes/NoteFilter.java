package dev.edit.trainer.client.kubernetes;

import dev.edit.contracts.RunEvent.State;
import dev.edit.trainer.domain.RunLauncher.Note;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Lets news pass and keeps back what is none: the same state again, and, for a while, another
 * wording of the same wait, such as a scheduler's count of nodes that changes with each node.
 *
 * <p>Used by one thread.
 */
final class NoteFilter {
  private final Duration quiet;
  private final InstantSource clock;
  private JobState told;
  private Instant at = Instant.MIN;

  NoteFilter(Duration quiet, InstantSource clock) {
    this.quiet = quiet;
    this.clock = clock;
  }

  /** What is to be told of a state; empty where it is no news. */
  Optional<Note> pass(JobState state) {
    if (state.equals(told) || state instanceof JobState.Quiet || isReworded(state)) {
      return Optional.empty();
    }
    if (state instanceof JobState.Waiting waiting) {
      remember(state);
      return Optional.of(new Note(State.PENDING, waiting.message()));
    }
    if (state instanceof JobState.Running running) {
      remember(state);
      return Optional.of(new Note(State.RUNNING, running.message()));
    }
    return Optional.empty();
  }

  private boolean isReworded(JobState state) {
    return state instanceof JobState.Waiting now
        && told instanceof JobState.Waiting before
        && now.kind() == before.kind()
        && at.plus(quiet).isAfter(clock.instant());
  }

  private void remember(JobState state) {
    told = state;
    at = clock.instant();
  }
}
