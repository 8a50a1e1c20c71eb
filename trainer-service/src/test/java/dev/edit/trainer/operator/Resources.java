package dev.edit.trainer.operator;

import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Problem;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.Progress;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.recipe.Recipe;
import java.time.Instant;
import java.util.Map;

/** Resources, and what is told of their runs. */
final class Resources {
  private Resources() {}

  static DistillationRun resource(String name, Boolean cancelled, Integer attempt) {
    DistillationRun resource = new DistillationRun();
    resource.getMetadata().setName(name);
    resource.getMetadata().setNamespace("test");
    resource.setSpec(
        new DistillationRunSpec("edit", "/models/7b", 7L, "paper", null, null, cancelled, attempt));
    return resource;
  }

  static DistillationRun resource(String name) {
    return resource(name, null, null);
  }

  static RunEvent event(String run, State state, String message) {
    return new RunEvent(run, Instant.EPOCH, state, null, message, null);
  }

  static RunEvent report(String run, int step, int steps) {
    return new RunEvent(
        run,
        Instant.EPOCH,
        State.RUNNING,
        "krsl",
        null,
        new Progress(step, steps, 0.5, 1e-3, 1, 900, null, null));
  }

  static Evaluation evaluation(String run) {
    Evaluation.Score score = new Evaluation.Score(0.75, 0.1, 4, 0, null);
    return new Evaluation(
        run,
        Recipe.EDIT,
        7,
        "sha",
        "bbh",
        Problem.Domain.IN,
        score,
        Map.of("t", score),
        "1110",
        "sha",
        Map.of(),
        null);
  }
}
