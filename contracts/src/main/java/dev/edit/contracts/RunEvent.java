package dev.edit.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * What happened to a run: a change of state, or progress within a stage.
 *
 * @param run the run's id
 * @param at when
 * @param state where the run stands
 * @param stage the stage's name, such as {@code sft}; null outside a stage
 * @param message what a person should know; null where the fields say it all
 * @param progress figures of the stage; null on a mere change of state
 * @param epoch the attempt at the run that this is about; null is the first
 * @param reason a code for programs, such as {@code diverged}; null where the state says it all
 * @param batch ids of the examples of the step that went wrong; empty where nothing did
 */
public record RunEvent(
    String run,
    Instant at,
    State state,
    String stage,
    String message,
    Progress progress,
    Integer epoch,
    String reason,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> batch)
    implements EventRecord {

  public RunEvent {
    Require.name("run", run);
    Require.present("at", at);
    Require.present("state", state);
    if (epoch != null) {
      Require.atLeast("epoch", epoch, Run.Order.FIRST_EPOCH);
    }
    if (reason != null) {
      Require.name("reason", reason);
    }
    batch = batch == null ? List.of() : List.copyOf(batch);
  }

  /** An event without a reason and a batch. */
  public RunEvent(
      String run,
      Instant at,
      State state,
      String stage,
      String message,
      Progress progress,
      Integer epoch) {
    this(run, at, state, stage, message, progress, epoch, null, null);
  }

  /** An event of the first attempt at a run. */
  public RunEvent(
      String run, Instant at, State state, String stage, String message, Progress progress) {
    this(run, at, state, stage, message, progress, null);
  }

  /** The attempt at the run that this is about. */
  public int attempt() {
    return epoch == null ? Run.Order.FIRST_EPOCH : epoch;
  }

  /** The same event of an attempt; of the first, an event says nothing of it. */
  public RunEvent ofAttempt(int attempt) {
    Integer other = attempt == Run.Order.FIRST_EPOCH ? null : (Integer) attempt;
    return new RunEvent(run, at, state, stage, message, progress, other, reason, batch);
  }

  @Override
  public String key() {
    return run;
  }

  /** The life of a run; the last three are final. */
  public enum State {
    ACCEPTED,
    /** It waits for a worker, or for its worker's machine; the message says what for. */
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether nothing follows. */
    public boolean isFinal() {
      return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
  }

  /**
   * Figures at a step.
   *
   * @param step steps done in the stage
   * @param steps steps of the stage
   * @param loss the objective's value, averaged since the last report
   * @param learningRate of the last step
   * @param gradientNorm global norm before clipping, last step
   * @param tokensPerSecond real tokens (no padding) through the model since the last report
   * @param rightKeyNll mean NLL (nats) of right key tokens; null where the stage has none
   * @param wrongKeyNll mean NLL (nats) of wrong key tokens; null where the stage has none. The mean
   *     log-likelihood is its negative
   * @param etaSeconds how long the run's remaining steps take at the present pace, evaluation
   *     aside; null where it is not known
   * @param epoch passes over the stage's data that are complete; null where it is not known
   * @param memoryBytes of the device that computes: in use on a GPU, by all processes; on the CPU
   *     what the worker's process holds in memory; null where it is not known
   */
  public record Progress(
      int step,
      int steps,
      double loss,
      double learningRate,
      double gradientNorm,
      double tokensPerSecond,
      Double rightKeyNll,
      Double wrongKeyNll,
      Double etaSeconds,
      Integer epoch,
      Long memoryBytes) {
    public Progress {
      Require.atLeast("step", step, 0);
      Require.atLeast("steps", steps, 0);
    }

    /** Figures without a look ahead. */
    public Progress(
        int step,
        int steps,
        double loss,
        double learningRate,
        double gradientNorm,
        double tokensPerSecond,
        Double rightKeyNll,
        Double wrongKeyNll) {
      this(
          step,
          steps,
          loss,
          learningRate,
          gradientNorm,
          tokensPerSecond,
          rightKeyNll,
          wrongKeyNll,
          null,
          null,
          null);
    }
  }
}
