package dev.edit.cli.bench.pipeline;

import dev.edit.cli.pipeline.MetricsText;

/**
 * What the generator asked of the teacher during a batch, by the generator's own metrics.
 *
 * @param calls that came back
 * @param callsPerSecond over the batch's seconds
 * @param callsPerProblem over the batch's problems
 * @param secondsPerCall mean
 * @param callsAtOnce mean over the batch's seconds; at most the concurrency
 */
public record TeacherFigures(
    long calls,
    double callsPerSecond,
    double callsPerProblem,
    double secondsPerCall,
    double callsAtOnce) {
  private static final String CALLS = "edit_generator_teacher_calls_seconds_count";
  private static final String SECONDS = "edit_generator_teacher_calls_seconds_sum";

  /** What was counted between two moments. */
  static TeacherFigures between(MetricsText before, MetricsText after, BatchFigures batch) {
    long calls = Math.round(after.sum(CALLS) - before.sum(CALLS));
    double seconds = after.sum(SECONDS) - before.sum(SECONDS);
    return new TeacherFigures(
        calls,
        calls / batch.seconds(),
        (double) calls / batch.problems(),
        calls == 0 ? 0 : seconds / calls,
        seconds / batch.seconds());
  }
}
