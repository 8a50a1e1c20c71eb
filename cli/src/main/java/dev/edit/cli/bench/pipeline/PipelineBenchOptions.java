package dev.edit.cli.bench.pipeline;

import dev.edit.cli.OptionValue;
import java.time.Duration;

/**
 * What a person may choose of the measurement.
 *
 * @param problems published at once
 * @param warmUp problems that go through before anything is measured
 * @param teacherSeconds how long the simulated teacher takes for an answer, besides computing it
 * @param concurrency teacher calls at once
 * @param seed of the problems and of the teacher
 */
public record PipelineBenchOptions(
    int problems, int warmUp, double teacherSeconds, int concurrency, long seed) {
  private static final int MOST = 20_000;
  private static final int LEAST_PACED = 20;

  public PipelineBenchOptions {
    OptionValue.within("--problems", problems, 1, MOST);
    OptionValue.within("--warm-up", warmUp, 0, MOST);
    OptionValue.within("--concurrency", concurrency, 1, 1024);
    OptionValue.within("--teacher-seconds", teacherSeconds, 0, 60);
  }

  /** Problems that are published one after the other. */
  int paced() {
    return Math.max(LEAST_PACED, problems / 4);
  }

  /** The teacher's latency. */
  Duration latency() {
    return Duration.ofMillis(Math.round(teacherSeconds * 1000));
  }
}
