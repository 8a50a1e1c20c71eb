package dev.edit.generator.domain.stage;

import dev.edit.contracts.Cot;
import dev.edit.contracts.Problem;
import dev.edit.generator.domain.Delay;
import dev.edit.prompts.Exemplar;
import dev.edit.prompts.TaskPrompts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pairs a contrastive prompt shows: {@link #COUNT} of the task's own rectified ones. While
 * there are fewer, a task waits, but in all only for {@code patience} from its first request on;
 * after that the prompt pack's seed pairs fill up what is missing.
 */
public final class Exemplars {
  /** How many pairs a prompt shows (method, section 2). */
  public static final int COUNT = 3;

  private final ExemplarPool pool;
  private final Duration patience;
  private final Delay delay;
  private final Draws draws;
  private final Map<String, CompletableFuture<Void>> waits = new ConcurrentHashMap<>();

  public Exemplars(ExemplarPool pool, Duration patience, Delay delay, Draws draws) {
    this.pool = pool;
    this.patience = patience;
    this.delay = delay;
    this.draws = draws;
  }

  /** Up to {@link #COUNT} pairs; drawn once for a chain of thought, if draws are remembered. */
  CompletionStage<List<Exemplar>> sample(Cot right, TaskPrompts task) {
    Problem problem = right.problem();
    String key = problem.id() + "/" + Long.toHexString(ExemplarPool.hash(right.text()));
    return draws
        .find(key)
        .exceptionally(failure -> Optional.empty())
        .thenCompose(
            drawn ->
                drawn
                    .<CompletionStage<List<Exemplar>>>map(CompletableFuture::completedStage)
                    .orElseGet(
                        () ->
                            waits
                                .computeIfAbsent(problem.task(), this::begin)
                                .thenCompose(ready -> keep(key, draw(problem, task)))));
  }

  /** A draw that cannot be remembered is still good. */
  private CompletionStage<List<Exemplar>> keep(String key, List<Exemplar> pairs) {
    return draws.keep(key, pairs).handle((kept, failure) -> pairs);
  }

  private CompletableFuture<Void> begin(String task) {
    CompletableFuture<Void> wait = new CompletableFuture<>();
    pool.ready(task).thenRun(() -> wait.complete(null));
    if (!wait.isDone()) {
      delay.of(patience).thenRun(() -> wait.complete(null));
    }
    return wait;
  }

  private List<Exemplar> draw(Problem problem, TaskPrompts task) {
    List<Exemplar> drawn = new ArrayList<>(pool.sample(problem.task(), problem.id(), COUNT));
    task.seeds().stream()
        .sorted(
            Comparator.comparingLong(seed -> ExemplarPool.hash(problem.id() + "\n" + seed.wrong())))
        .limit(COUNT - drawn.size())
        .forEach(drawn::add);
    return drawn;
  }
}
