package dev.edit.trainer.operator;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import java.util.Optional;

/**
 * What the topics say of one run, folded.
 *
 * @param run the newest record of edit.runs; null for none
 * @param latest the newest event of the highest attempt that was told of; null for none
 * @param message the newest message of that attempt's present state; null for none
 * @param progress the newest report of that attempt; null for none
 * @param checkpoint the last checkpoint; null while there is none
 * @param evaluation the first benchmark's; null while there is none
 */
public record RunSight(
    Run run,
    RunEvent latest,
    String message,
    RunEvent progress,
    Checkpoint checkpoint,
    Evaluation evaluation) {
  /** Of a run that nothing tells of. */
  public static final RunSight NONE = new RunSight(null, null, null, null, null, null);

  /** With a newer record of edit.runs; null for one that was taken off. */
  public RunSight with(Run newest) {
    return new RunSight(newest, latest, message, progress, checkpoint, evaluation);
  }

  /** With one more event. */
  public RunSight with(RunEvent event) {
    boolean late = latest != null && event.attempt() < latest.attempt();
    boolean after =
        latest != null && latest.state().isFinal() && event.attempt() == latest.attempt();
    if (late || after) {
      return this;
    }
    boolean fresh = latest == null || event.attempt() > latest.attempt();
    boolean same = !fresh && event.state() == latest.state() && event.message() == null;
    RunEvent kept = fresh ? null : progress;
    RunEvent report = event.progress() == null ? kept : event;
    return new RunSight(
        run, event, same ? message : event.message(), report, checkpoint, evaluation);
  }

  /** With one more checkpoint. */
  public RunSight with(Checkpoint newest) {
    return newest.last() ? new RunSight(run, latest, message, progress, newest, evaluation) : this;
  }

  /** With one more evaluation; those that are not greedy are passed over. */
  public RunSight with(Evaluation newest) {
    boolean other =
        !newest.decoding().equals(Evaluation.GREEDY)
            || (evaluation != null && !evaluation.benchmark().equals(newest.benchmark()));
    return other ? this : new RunSight(run, latest, message, progress, checkpoint, newest);
  }

  /** The state of the attempt that edit.runs asks for; empty while nothing was told of it. */
  public Optional<RunEvent.State> state() {
    boolean told = run != null && latest != null && latest.attempt() >= run.epoch();
    return told ? Optional.of(latest.state()) : Optional.empty();
  }

  /** Whether the attempt that edit.runs asks for has ended. */
  public boolean isOver() {
    return state().filter(RunEvent.State::isFinal).isPresent();
  }
}
