package dev.edit.trainer.domain;

import dev.edit.contracts.RunEvent.Progress;
import dev.edit.trainer.domain.RunState.BestEpoch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Between two steps: keeps the best epoch, saves the state when it is due, and ends on request. */
final class StageWatch implements StageLoop.Watch {
  private final PlannedStage stage;
  private final Tools tools;
  private final TrainableStudent.Stage trained;
  private final EpochExam exam;
  private final Teller teller;
  private Instant lastSave;

  /**
   * What a stage works with.
   *
   * @param student is trained
   * @param saves takes its states
   * @param policy when a state is saved
   * @param clock tells the time between two saves
   * @param stop whether the worker was asked to end
   */
  record Tools(
      TrainableStudent student,
      RunSaves saves,
      SavePolicy policy,
      Clock clock,
      BooleanSupplier stop) {}

  /** Tells what happens. */
  interface Teller {
    void progress(Progress progress);

    void message(String message);
  }

  /**
   * @param exam chooses the best epoch; null keeps the last step
   */
  StageWatch(
      PlannedStage stage,
      Tools tools,
      TrainableStudent.Stage trained,
      EpochExam exam,
      Teller teller) {
    this.stage = stage;
    this.tools = tools;
    this.trained = trained;
    this.exam = exam;
    this.teller = teller;
    lastSave = tools.clock().instant();
  }

  @Override
  public void progress(Progress progress) {
    teller.progress(progress);
  }

  @Override
  public RunState stepped(RunState state) throws IOException {
    RunState examined = examined(state);
    boolean stop = tools.stop().getAsBoolean();
    if (tools.policy().enabled() && (stop || due(examined))) {
      Path best = examined.best() == null ? null : tools.saves().bestOfStage();
      tools.saves().write(examined, trained, best);
      lastSave = tools.clock().instant();
    }
    if (stop) {
      throw new RunStoppedException();
    }
    return examined;
  }

  private boolean due(RunState state) {
    SavePolicy policy = tools.policy();
    boolean bySteps = policy.everySteps() > 0 && state.totalSteps() % policy.everySteps() == 0;
    boolean byTime =
        !policy.every().isZero()
            && !tools.clock().instant().isBefore(lastSave.plus(policy.every()));
    boolean stageEnds = state.step() == stage.spec().steps() && !stage.last();
    return bySteps || byTime || stageEnds;
  }

  private RunState examined(RunState state) throws IOException {
    int perEpoch = stage.stepsPerEpoch();
    boolean epochEnds = state.step() % perEpoch == 0 || state.step() == stage.spec().steps();
    if (exam == null || !epochEnds) {
      return state;
    }
    BestEpoch now = exam.hold((state.step() + perEpoch - 1) / perEpoch);
    teller.message(
        "stage %s, epoch %d: %d of %d held-out problems right"
            .formatted(stage.name(), now.epoch(), now.right(), now.problems()));
    if (state.best() != null && now.right() <= state.best().right()) {
      return state;
    }
    tools.student().keep(tools.saves().bestOfStage());
    return state.withBest(now);
  }
}
