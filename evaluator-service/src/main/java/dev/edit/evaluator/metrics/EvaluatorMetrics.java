package dev.edit.evaluator.metrics;

import dev.edit.contracts.Evaluation;
import dev.edit.evaluator.domain.console.GroupLag;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every metric of the evaluator: {@code edit_evaluator_checkpoints_total}, {@code
 * edit_evaluator_problems_total{benchmark,outcome}} (right, wrong or unanswered), {@code
 * edit_evaluator_accuracy{benchmark,recipe}} as of the newest evaluation, {@code
 * edit_evaluator_examination_seconds{benchmark}}, {@code edit_evaluator_dead_letters_total{reason}}
 * and {@code edit_evaluator_unreadable_problems_total}; and of all the pipeline's consumer groups
 * {@code edit_evaluator_group_lag{group,topic}}, so that it is known also of workers that are
 * scaled to none.
 */
public final class EvaluatorMetrics {
  private final MeterRegistry registry;
  private final Counter checkpoints;
  private final Counter unreadable;
  private final MultiGauge groupLags;
  private final Map<String, Double> newest = new ConcurrentHashMap<>();

  public EvaluatorMetrics(MeterRegistry registry) {
    this.registry = registry;
    groupLags =
        MultiGauge.builder("edit_evaluator_group_lag")
            .description("Offsets between what a group has committed and the end of its topic")
            .register(registry);
    checkpoints = registry.counter("edit_evaluator_checkpoints_total");
    unreadable = registry.counter("edit_evaluator_unreadable_problems_total");
  }

  /** Shows how far consumer groups are behind; called again and again, with all of them. */
  public void lags(List<GroupLag> lags) {
    groupLags.register(
        lags.stream()
            .map(
                lag ->
                    MultiGauge.Row.of(
                        Tags.of("group", lag.group(), "topic", lag.topic()), lag.lag()))
            .toList(),
        true);
  }

  /** Counts a checkpoint whose evaluations are published. */
  public void checkpoint() {
    checkpoints.increment();
  }

  /** Counts a benchmark's problems and shows its accuracy; each way of decoding for itself. */
  public void evaluation(Evaluation evaluation, Duration took) {
    Evaluation.Score score = evaluation.overall();
    int right = (int) evaluation.outcomes().chars().filter(outcome -> outcome == '1').count();
    String benchmark = evaluation.label();
    problems(benchmark, "right").increment(right);
    problems(benchmark, "unanswered").increment(score.unanswered());
    problems(benchmark, "wrong").increment(score.n() - right - score.unanswered());
    Timer.builder("edit_evaluator_examination_seconds")
        .tag("benchmark", benchmark)
        .register(registry)
        .record(took);
    String recipe = evaluation.recipe().recipeName();
    if (newest.put(benchmark + "/" + recipe, score.accuracy()) == null) {
      Gauge.builder("edit_evaluator_accuracy", () -> newest.get(benchmark + "/" + recipe))
          .tag("benchmark", benchmark)
          .tag("recipe", recipe)
          .register(registry);
    }
  }

  /** Counts a checkpoint that could not be evaluated. */
  public void deadLetter(String reason) {
    registry.counter("edit_evaluator_dead_letters_total", "reason", reason).increment();
  }

  /** Counts a record of edit.problems that could not be read. */
  public void unreadableProblem() {
    unreadable.increment();
  }

  /** Counts results or samples that the disk refused; the evaluation itself stands. */
  public void resultFileNotWritten() {
    registry.counter("edit_evaluator_result_files_failed_total").increment();
  }

  private Counter problems(String benchmark, String outcome) {
    return registry.counter(
        "edit_evaluator_problems_total", "benchmark", benchmark, "outcome", outcome);
  }
}
