package dev.edit.cli.bench.pipeline;

import dev.edit.cli.pipeline.Accounting;
import java.util.List;
import java.util.Map;

/**
 * What was measured.
 *
 * @param problems published at once
 * @param warmUp problems that went through before
 * @param teacherSeconds how long the simulated teacher waited before it answered
 * @param concurrency teacher calls at once, at most
 * @param partitions of the topics
 * @param accounting of all problems, those of the warm-up and the paced ones included
 * @param seconds from the first problem's record to the last key-step record or dead letter, of the
 *     problems published at once
 * @param problemsPerSecond problems over seconds
 * @param stages of these problems
 * @param latency of these problems: most of it is waiting for those in front
 * @param paced problems published one after the other
 * @param teacher what it was asked for the problems published at once
 * @param lag records that each consumer group has not committed at the end
 * @param baselines measured in the same run
 */
public record PipelineResult(
    int problems,
    int warmUp,
    double teacherSeconds,
    int concurrency,
    int partitions,
    Accounting accounting,
    double seconds,
    double problemsPerSecond,
    List<StageFigures> stages,
    Waits latency,
    Paced paced,
    TeacherFigures teacher,
    Map<String, Long> lag,
    List<Baseline> baselines) {

  /** The loops' name as a baseline. */
  static final String KAFKA_ALONE = "kafka-alone";

  /** The teacher's name as a baseline. */
  static final String TEACHER_ALONE = "teacher-alone";

  /**
   * Problems that came at a steady pace which the pipeline can keep.
   *
   * @param problems how many
   * @param perSecond the pace: half of what the pipeline did at most
   * @param latency of these problems
   */
  public record Paced(int problems, double perSecond, Waits latency) {}

  /**
   * Something simpler on the same machine.
   *
   * @param baseline its name
   * @param problemsPerSecond what it comes to
   * @param ratio the pipeline's problems per second over that
   */
  public record Baseline(String baseline, double problemsPerSecond, double ratio) {}

  /** Whether every problem ended once and nothing is left to do. */
  public boolean sound() {
    return accounting.lost() == 0
        && accounting.duplicated() == 0
        && lag.values().stream().allMatch(behind -> behind == 0);
  }
}
