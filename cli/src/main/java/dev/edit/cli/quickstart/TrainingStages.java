package dev.edit.cli.quickstart;

import dev.edit.cli.CommandFailure;
import dev.edit.cli.machine.Watchdog;
import dev.edit.cli.pipeline.StreamLog;
import dev.edit.cli.terminal.ProgressBoard;
import dev.edit.cli.terminal.StageProgress;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.Progress;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.Topics;
import dev.edit.contracts.recipe.Hyperparameters;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** From runs to evaluations: shows and waits until every run is trained and evaluated. */
final class TrainingStages {
  private static final long TICK_MILLIS = 500;
  private static final Set<String> ORDERS = Set.of(Topics.RUNS, Topics.CHECKPOINTS);

  private final StreamLog log;
  private final ProgressBoard board;
  private final Watchdog watchdog;
  private final Clock clock;

  TrainingStages(StreamLog log, ProgressBoard board, Watchdog watchdog, Clock clock) {
    this.log = log;
    this.board = board;
    this.watchdog = watchdog;
    this.clock = clock;
  }

  /**
   * Returns when every run has succeeded and has an evaluation on every benchmark.
   *
   * @throws CommandFailure if a run fails or is cancelled, or an order is refused
   */
  void await(List<Run> runs, Set<String> benchmarks) throws InterruptedException {
    Instant since = clock.instant();
    int expected = runs.size() * benchmarks.size();
    while (true) {
      long seen = log.arrivals().version();
      List<StageProgress> stages = new ArrayList<>();
      int succeeded = 0;
      for (Run run : runs) {
        List<RunEvent> events = log.events(run.id());
        requireNotFailed(run, events);
        succeeded += last(events) == State.SUCCEEDED ? 1 : 0;
        stages.add(progress(run, events));
      }
      int evaluated = evaluations(log.evaluations(), runs, benchmarks);
      stages.add(new StageProgress("evaluate", evaluated, expected, "evaluations", ""));
      board.show(stages);
      if (succeeded == runs.size() && evaluated == expected && allCheckpointed(runs)) {
        board.settle();
        return;
      }
      requireNotRefused();
      boolean training = succeeded < runs.size();
      watchdog.check(
          training ? "training" : "evaluation", since, training ? "trainer" : "evaluator");
      log.arrivals().awaitChange(seen, TICK_MILLIS);
    }
  }

  private void requireNotRefused() {
    for (DeadLetter letter : log.deadLetters()) {
      if (ORDERS.contains(letter.pointer().topic())) {
        throw new CommandFailure(
            "%s refused a record of %s: %s (%s)"
                .formatted(
                    letter.stage(), letter.pointer().topic(), letter.message(), letter.reason()));
      }
    }
  }

  private boolean allCheckpointed(List<Run> runs) {
    return runs.stream()
        .allMatch(run -> log.checkpoints(run.id()).stream().anyMatch(point -> point.last()));
  }

  /** A run's progress over all its stages, in steps. */
  static StageProgress progress(Run run, List<RunEvent> events) {
    Hyperparameters settings = run.hyperparameters();
    int krsl = run.recipe().krsl() || settings.equalSteps() ? settings.krsl().steps() : 0;
    int total = settings.sft().steps() + krsl;
    RunEvent latest = null;
    for (RunEvent event : events) {
      latest = event.progress() != null ? event : latest;
    }
    String label = "train " + run.id();
    if (last(events) == State.SUCCEEDED) {
      return new StageProgress(label, total, total, "steps", loss(latest));
    }
    if (latest == null) {
      return new StageProgress(label, 0, total, "steps", events.isEmpty() ? "waiting" : "");
    }
    Progress progress = latest.progress();
    int before = "sft".equals(latest.stage()) ? 0 : total - progress.steps();
    return new StageProgress(label, before + progress.step(), total, "steps", loss(latest));
  }

  private static String loss(RunEvent event) {
    return event == null
        ? ""
        : String.format(
            Locale.ROOT,
            "%s loss %.3f, %.0f tokens/s",
            event.stage(),
            event.progress().loss(),
            event.progress().tokensPerSecond());
  }

  private static State last(List<RunEvent> events) {
    return events.stream()
        .map(RunEvent::state)
        .reduce((before, next) -> before.isFinal() ? before : next)
        .orElse(null);
  }

  private static void requireNotFailed(Run run, List<RunEvent> events) {
    State state = last(events);
    if (state == State.FAILED || state == State.CANCELLED) {
      String message =
          events.stream()
              .filter(event -> event.state() == state)
              .map(RunEvent::message)
              .findFirst()
              .orElse(null);
      throw new CommandFailure(
          "run %s %s: %s"
              .formatted(
                  run.id(),
                  state.name().toLowerCase(Locale.ROOT),
                  message == null ? "see the trainer's log" : message));
    }
  }

  private static int evaluations(
      List<Evaluation> evaluations, List<Run> runs, Set<String> benchmarks) {
    Set<String> ids = runs.stream().map(Run::id).collect(Collectors.toSet());
    return (int)
        evaluations.stream()
            .filter(e -> ids.contains(e.run()) && benchmarks.contains(e.benchmark()))
            .count();
  }
}
