package dev.edit.cli.report;

import dev.edit.cli.pipeline.StreamLog;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.recipe.Recipe;
import java.util.Comparator;
import java.util.List;

/**
 * A finished run.
 *
 * @param id its id
 * @param recipe its recipe
 * @param seed its training seed
 * @param last its last checkpoint, whose manifest holds the budget
 * @param events its events in order
 * @param evaluations one for each benchmark and way of decoding, in the order of the benchmarks
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

  /**
   * A run as the topics tell it.
   *
   * @throws IllegalArgumentException where it has no last checkpoint
   */
  public static RunResult of(Run run, StreamLog log) {
    Checkpoint last =
        log.checkpoints(run.id()).stream()
            .filter(Checkpoint::last)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "run %s: expected a last checkpoint, found none: it has not ended well"
                            .formatted(run.id())));
    List<Evaluation> evaluations =
        log.evaluations().stream()
            .filter(evaluation -> evaluation.run().equals(run.id()))
            .sorted(Comparator.comparing(Evaluation::domain).thenComparing(Evaluation::label))
            .toList();
    return new RunResult(
        run.id(), run.recipe(), run.seed(), last, log.events(run.id()), evaluations);
  }

  /** Real tokens through the model in each second of optimizer steps; 0 without any. */
  public double tokensPerSecond() {
    double seconds = last.manifest().trainSeconds();
    return seconds <= 0 ? 0 : last.manifest().tokens() / seconds;
  }
}
