package dev.edit.cli.bench.pipeline;

import dev.edit.cli.bench.pipeline.PipelineResult.Baseline;
import dev.edit.cli.bench.pipeline.PipelineResult.Paced;
import dev.edit.cli.pipeline.Accounting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, for people. */
public final class PipelineText {
  private PipelineText() {}

  /** Lines for the terminal. */
  public static List<String> lines(PipelineResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "%,d problems at once: %.1f s, %.1f problems/s from published to key steps",
            result.problems(), result.seconds(), result.problemsPerSecond()));
    result.stages().forEach(stage -> lines.add(stage(stage)));
    lines.add(text("  %-18s %s", "a problem", waits(result.latency())));
    Paced paced = result.paced();
    lines.add(
        text(
            "%,d problems at %.1f problems/s: a problem %s",
            paced.problems(), paced.perSecond(), waits(paced.latency())));
    TeacherFigures teacher = result.teacher();
    lines.add(
        text(
            "teacher: %,d calls (%.2f a problem), %.0f calls/s, %.3f s each, %.1f of %d at once",
            teacher.calls(),
            teacher.callsPerProblem(),
            teacher.callsPerSecond(),
            teacher.secondsPerCall(),
            teacher.callsAtOnce(),
            result.concurrency()));
    for (Baseline baseline : result.baselines()) {
      lines.add(
          text(
              "%-14s %,9.1f problems/s; the pipeline reaches %.3f of it",
              baseline.baseline(), baseline.problemsPerSecond(), baseline.ratio()));
    }
    lines.add(accounting(result));
    return lines;
  }

  private static String stage(StageFigures stage) {
    return text(
        "  %-18s %,6d records, the last after %6.1f s; a record waited %s",
        stage.stage(), stage.records(), stage.seconds(), waits(stage.waits()));
  }

  private static String accounting(PipelineResult result) {
    Accounting accounting = result.accounting();
    return text(
        "%,d problems in all: %,d accepted, %,d dead letters, %d lost, %d duplicated; lag at the end %d",
        accounting.published(),
        accounting.accepted(),
        accounting.deadLettered(),
        accounting.lost(),
        accounting.duplicated(),
        result.lag().values().stream().mapToLong(Long::longValue).sum());
  }

  private static String waits(Waits waits) {
    return text("p50 %,.0f ms, p95 %,.0f ms, p99 %,.0f ms", waits.p50(), waits.p95(), waits.p99());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
