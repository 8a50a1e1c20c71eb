package dev.edit.cli.report;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.recipe.Recipe;
import java.util.List;

/**
 * A finished run.
 *
 * @param id its id
 * @param recipe its recipe
 * @param seed its training seed
 * @param last its last checkpoint, whose manifest holds the budget
 * @param events its events in order
 * @param evaluations one a benchmark, in the order of the benchmarks
 */
public record RunResult(
    String id,
    Recipe recipe,
    long seed,
    Checkpoint last,
    List<RunEvent> events,
    List<Evaluation> evaluations) {
  public RunResult {
    events = List.copyOf(events);
    evaluations = List.copyOf(evaluations);
  }

  /** Real tokens through the model in each second of optimizer steps; 0 without any. */
  public double tokensPerSecond() {
    double seconds = last.manifest().trainSeconds();
    return seconds <= 0 ? 0 : last.manifest().tokens() / seconds;
  }
}
