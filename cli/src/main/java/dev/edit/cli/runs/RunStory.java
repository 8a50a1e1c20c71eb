package dev.edit.cli.runs;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the topics say of one run. Where there were several attempts at it, its state is that of the
 * latest. Not thread-safe.
 */
public final class RunStory {
  private final String id;
  private Run run;
  private int attempt;
  private State state;
  private String message;
  private Instant since;
  private Instant accepted;
  private final Map<String, RunEvent> progress = new LinkedHashMap<>();
  private final Map<String, Checkpoint> checkpoints = new LinkedHashMap<>();
  private final Map<String, Evaluation> evaluations = new LinkedHashMap<>();

  RunStory(String id) {
    this.id = id;
  }

  void add(Run newest) {
    run = newest;
  }

  void add(RunEvent event) {
    if (event.attempt() < attempt || (event.attempt() == attempt && isOver())) {
      return;
    }
    if (event.attempt() > attempt) {
      attempt = event.attempt();
      accepted = event.at();
      progress.clear();
      message = null;
    }
    if (event.progress() != null) {
      progress.put(event.stage(), event);
    }
    if (event.state() != state || event.message() != null) {
      message = event.message();
      since = event.at();
    }
    state = event.state();
  }

  void add(Checkpoint checkpoint) {
    checkpoints.put(checkpoint.stage(), checkpoint);
  }

  void add(Evaluation evaluation) {
    evaluations.put(evaluation.label(), evaluation);
  }

  /** The run's id. */
  public String id() {
    return id;
  }

  /** The newest record of edit.runs; empty where that was taken off, or has not come yet. */
  public Optional<Run> run() {
    return Optional.ofNullable(run);
  }

  /** The latest attempt that something was told of; 0 before any was. */
  public int attempt() {
    return attempt;
  }

  /** Where the latest attempt stands; empty while nobody has told of it. */
  public Optional<State> state() {
    boolean untold = run != null && run.epoch() > attempt;
    return untold ? Optional.empty() : Optional.ofNullable(state);
  }

  /** Whether the attempt that is asked for has come to its end. */
  public boolean isOver() {
    return state().filter(State::isFinal).isPresent();
  }

  /** What a person was told last. */
  public Optional<String> message() {
    return state().isEmpty() ? Optional.empty() : Optional.ofNullable(message);
  }

  /** Since when the state is what it is. */
  public Optional<Instant> since() {
    return Optional.ofNullable(since);
  }

  /** When the latest attempt was first told of. */
  public Optional<Instant> accepted() {
    return Optional.ofNullable(accepted);
  }

  /** The newest report of each stage, in the order of the stages. */
  public List<RunEvent> progress() {
    return new ArrayList<>(progress.values());
  }

  /** The checkpoints, in the order of the stages. */
  public List<Checkpoint> checkpoints() {
    return new ArrayList<>(checkpoints.values());
  }

  /** The newest evaluation on each benchmark. */
  public List<Evaluation> evaluations() {
    return new ArrayList<>(evaluations.values());
  }
}
