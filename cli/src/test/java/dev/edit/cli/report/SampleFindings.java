package dev.edit.cli.report;

import dev.edit.cli.pipeline.Accounting;
import dev.edit.cli.pipeline.DataCounts;
import dev.edit.cli.pipeline.TeacherBill;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Evaluation.Score;
import dev.edit.contracts.KeyStepFigures;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.recipe.Recipe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings of a made-up quickstart. */
public final class SampleFindings {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private SampleFindings() {}

  public static Findings with(List<RunResult> runs, List<KeySteps> examples) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("data", 12.5);
    seconds.put("total", 99.0);
    return new Findings(
        "EDIT quickstart, seed 7",
        "The teacher is SIMULATED.",
        new Accounting(10, 9, 1, 0, 0),
        new DataCounts(10, 6, 3, 8, 1, 9, 1),
        "abc123",
        0.125,
        new TeacherBill(21, 4_000, 900, TeacherBill.FROM_METRICS),
        runs,
        Comparison.of(runs),
        seconds,
        examples,
        Map.of("annotate: teacher-no-answer", 1),
        Map.of("seed", "7"));
  }

  public static RunResult run(Recipe recipe, long seed, Evaluation... evaluations) {
    String id = recipe.recipeName() + "-" + seed;
    Checkpoint last =
        new Checkpoint(
            id,
            recipe,
            seed,
            "sft",
            1_450,
            true,
            "checkpoints/" + id,
            "f00d",
            new Checkpoint.Manifest(
                List.of(),
                "beef",
                9,
                new Checkpoint.Examples(6, 0),
                0,
                930_000,
                45.5,
                "cafe",
                "sha256:tokens",
                null),
            null,
            null,
            null);
    List<RunEvent> events = new ArrayList<>();
    for (int step = 25; step <= 100; step += 25) {
      RunEvent.Progress progress =
          new RunEvent.Progress(step, 100, 4.0 / step, 1e-3, 1, 20_000, null, null);
      events.add(new RunEvent(id, START, RunEvent.State.RUNNING, "sft", null, progress));
    }
    return new RunResult(id, recipe, seed, last, events, List.of(evaluations), List.of());
  }

  public static Evaluation evaluation(Recipe recipe, long seed, String benchmark, String outcomes) {
    int right = (int) outcomes.chars().filter(c -> c == '1').count();
    Score score = Score.of(right, outcomes.length(), 0);
    boolean in = benchmark.endsWith("in");
    return new Evaluation(
        recipe.recipeName() + "-" + seed,
        recipe,
        seed,
        "f00d",
        benchmark,
        in ? Problem.Domain.IN : Problem.Domain.OUT,
        score,
        Map.of("navigate", score),
        outcomes,
        "digest-of-" + benchmark,
        Map.of(),
        null);
  }

  /** An evaluation of held-out duals. */
  public static Evaluation duals(Recipe recipe, long seed, String outcomes) {
    Evaluation e = evaluation(recipe, seed, Evaluation.HELD_OUT_DUALS, outcomes);
    return new Evaluation(
        e.run(),
        e.recipe(),
        e.seed(),
        e.checkpoint(),
        e.benchmark(),
        e.domain(),
        e.overall(),
        e.tasks(),
        e.outcomes(),
        e.problemsSha256(),
        e.config(),
        new KeyStepFigures(
            new KeyStepFigures.Mean(-0.5, 0.125),
            new KeyStepFigures.Mean(-2.25, 0.25),
            new KeyStepFigures.Mean(1.75, 0.25)));
  }

  /** The same run with held-out duals. */
  public static RunResult with(RunResult run, Evaluation... duals) {
    return new RunResult(
        run.id(),
        run.recipe(),
        run.seed(),
        run.last(),
        run.events(),
        run.evaluations(),
        List.of(duals));
  }

  public static KeySteps dual(
      String id, String question, String right, String wrong, Origin origin) {
    Problem problem =
        new Problem(
            id, "navigate", question, "Yes", Problem.Split.TRAIN, Problem.Domain.IN, "f", null);
    return new KeySteps(
        problem,
        "sha256:tokens",
        "reference",
        new int[] {1},
        side(right),
        side(wrong),
        0.9,
        0.2,
        origin,
        null);
  }

  /** Three tokens, of which the second is key: the characters from 2 to 4. */
  private static KeySteps.Side side(String text) {
    return new KeySteps.Side(text, new int[] {4, 5, 6}, new int[][] {{1, 2}}, new int[][] {{2, 4}});
  }
}
