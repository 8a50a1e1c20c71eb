package dev.edit.trainer.domain;

import dev.edit.contracts.KeySteps;
import dev.edit.contracts.RunEvent.Progress;
import java.util.List;
import java.util.function.Consumer;
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
   * What a stage cost.
   *
   * @param tokens real tokens (no padding) through the model
   * @param seconds in optimizer steps
   */
  public record Cost(long tokens, double seconds) {}

  /**
   * Runs all steps.
   *
   * @throws LossNotFiniteException at the first step whose loss or gradient is not a number
   */
  public Cost run(
      PlannedStage stage,
      long seed,
      TrainableStudent.Stage student,
      Consumer<Progress> onProgress) {
    int steps = stage.spec().steps();
    RateSchedule schedule = new RateSchedule(stage.spec(), stage.stepsPerEpoch());
    EpochBatches batches =
        new EpochBatches(stage.examples(), stage.spec().batchSize(), seed, stage.name());
    Window total = new Window();
    Window window = new Window();
    for (int step = 0; step < steps; step++) {
      List<KeySteps> batch = batches.next();
      double rate = schedule.at(step);
      long from = nanoTime.getAsLong();
      StepFigures figures = step(stage, student, batch, step, rate);
      long nanos = nanoTime.getAsLong() - from;
      total.add(figures, nanos);
      window.add(figures, nanos);
      if ((step + 1) % reportEvery == 0 || step + 1 == steps) {
        onProgress.accept(window.progress(step + 1, steps, rate, figures.gradientNorm()));
        window = new Window();
      }
    }
    return new Cost(total.tokens, total.nanos / NANOS);
  }

  private static StepFigures step(
      PlannedStage stage,
      TrainableStudent.Stage student,
      List<KeySteps> batch,
      int step,
      double rate) {
    try {
      return student.step(batch, rate);
    } catch (ArithmeticException e) {
      throw new LossNotFiniteException(stage.name(), step + 1, batch, e);
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

    Progress progress(int step, int ofSteps, double rate, double gradientNorm) {
      double tokensPerSecond = nanos == 0 ? 0 : tokens * NANOS / nanos;
      return new Progress(
          step,
          ofSteps,
          loss / steps,
          rate,
          gradientNorm,
          tokensPerSecond,
          right.value(),
          wrong.value());
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
