package dev.edit.trainer.domain;

import dev.edit.contracts.RunEvent.Progress;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Takes a stage's steps and reports figures on the way: every n steps, and after the last. */
public final class StageLoop {
  private static final double NANOS = 1e9;

  private final int reportEvery;
  private final LongSupplier nanoTime;

  /**
   * @param reportEvery steps between two reports, at least 1
   * @param nanoTime the clock that throughput is measured with
   */
  public StageLoop(int reportEvery, LongSupplier nanoTime) {
    if (reportEvery < 1) {
      throw new IllegalArgumentException("reportEvery: expected at least 1, got " + reportEvery);
    }
    this.reportEvery = reportEvery;
    this.nanoTime = nanoTime;
  }

  /**
   * A stage that is being trained.
   *
   * @param stage what is to be done
   * @param seed of the run
   * @param student takes the steps
   * @param laterSteps steps of the stages that follow
   */
  public record Job(
      PlannedStage stage, long seed, TrainableStudent.Stage student, int laterSteps) {}

  /** Sees a stage being trained. */
  public interface Watch {

    /** Figures since the last report. */
    void progress(Progress progress);

    /**
     * A step was taken.
     *
     * @return the state to go on with
     */
    RunState stepped(RunState state) throws IOException;
  }

  /**
   * Takes the steps that are left.
   *
   * @param stop where it says yes, a step is given up
   * @return the state after the last step
   * @throws LossNotFiniteException at the first step whose loss or gradient is not a number
   * @throws RunStoppedException where a step was given up
   */
  public RunState run(Job job, RunState from, Watch watch, BooleanSupplier stop)
      throws IOException {
    PlannedStage stage = job.stage();
    int steps = stage.spec().steps();
    RateSchedule schedule = new RateSchedule(stage.spec(), stage.stepsPerEpoch());
    EpochBatches batches =
        new EpochBatches(stage.items(), stage.spec().examplesPerStep(), job.seed(), stage.name());
    batches.skip(from.step());
    RunState state = from;
    Window window = new Window();
    while (state.step() < steps) {
      List<Item> batch = batches.next();
      double rate = schedule.at(state.step());
      long begin = nanoTime.getAsLong();
      StepFigures figures = step(job, batch, state.step(), rate, stop);
      long nanos = nanoTime.getAsLong() - begin;
      state = state.after(figures, nanos);
      window.add(figures, nanos);
      if (state.step() % reportEvery == 0 || state.step() == steps) {
        watch.progress(window.progress(job, state.step(), rate, figures.gradientNorm()));
        window = new Window();
      }
      state = watch.stepped(state);
    }
    return state;
  }

  private static StepFigures step(
      Job job, List<Item> batch, int step, double rate, BooleanSupplier stop) {
    try {
      return job.student().step(batch, job.stage().spec().batchSize(), rate, stop);
    } catch (ArithmeticException e) {
      throw new LossNotFiniteException(job.stage().name(), step + 1, batch, e);
    }
  }

  /** Sums over some steps. */
  private static final class Window {
    private int steps;
    private double loss;
    private long tokens;
    private long nanos;
    private final Mean right = new Mean();
    private final Mean wrong = new Mean();

    void add(StepFigures figures, long stepNanos) {
      steps++;
      loss += figures.loss();
      tokens += figures.tokens();
      nanos += stepNanos;
      right.add(figures.rightKeyNll());
      wrong.add(figures.wrongKeyNll());
    }

    Progress progress(Job job, int step, double rate, double gradientNorm) {
      PlannedStage stage = job.stage();
      int ofSteps = stage.spec().steps();
      double seconds = nanos / NANOS;
      OptionalLong memory = job.student().memoryBytes();
      return new Progress(
          step,
          ofSteps,
          loss / steps,
          rate,
          gradientNorm,
          nanos == 0 ? 0 : tokens / seconds,
          right.value(),
          wrong.value(),
          seconds / steps * (ofSteps - step + job.laterSteps()),
          step / stage.stepsPerEpoch(),
          memory.isPresent() ? (Long) memory.getAsLong() : null);
    }
  }

  /** A mean over the values that are there. */
  private static final class Mean {
    private double sum;
    private int n;

    void add(Double value) {
      if (value != null && Double.isFinite(value)) {
        sum += value;
        n++;
      }
    }

    Double value() {
      return n == 0 ? null : sum / n;
    }
  }
}
