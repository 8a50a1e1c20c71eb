package dev.edit.trainer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.recipe.Recipe;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  private final Map<String, FakeWorker> launched = new LinkedHashMap<>();
  private final FakeHistory history = new FakeHistory();
  private final List<RunEvent> events = new ArrayList<>();
  private boolean launcherBroken;
  private final Dispatcher dispatcher =
      new Dispatcher(this::launch, history, events::add, Clock.systemUTC(), 2);

  private RunLauncher.Worker launch(Run run) throws IOException {
    if (launcherBroken) {
      throw new IOException("no java here");
    }
    FakeWorker worker = new FakeWorker();
    launched.put(run.id(), worker);
    return worker;
  }

  private static Run run(String id) {
    return Samples.run(id, Recipe.EDIT, 1, 1, 64, List.of());
  }

  @Test
  void shouldStartNoMoreWorkersThanAllowed() {
    List.of("a", "b", "c", "d").forEach(id -> dispatcher.enqueue(run(id)));

    assertThat(launched.keySet()).containsExactly("a", "b");
    assertThat(dispatcher.active()).isEqualTo(2);
    assertThat(dispatcher.queued()).isEqualTo(2);
  }

  @Test
  void shouldStartTheNextInOrderWhenAWorkerEnds() {
    List.of("a", "b", "c", "d").forEach(id -> dispatcher.enqueue(run(id)));
    history.standings.put("b", RunHistory.Standing.FINISHED);

    launched.get("b").exit(0);

    assertThat(launched.keySet()).containsExactly("a", "b", "c");
    assertThat(events).isEmpty();
  }

  @Test
  void shouldTellFailureWhenAWorkerEndsWithoutAResult() {
    dispatcher.enqueue(run("a"));

    launched.get("a").exit(137);

    assertThat(events).hasSize(1);
    assertThat(events.get(0).state()).isEqualTo(State.FAILED);
    assertThat(events.get(0).message()).contains("exit code 137", "a/worker.log");
  }

  @Test
  void shouldTellNothingWhenTheWorkerToldItsEndItself() {
    dispatcher.enqueue(run("a"));
    history.standings.put("a", RunHistory.Standing.FINISHED);

    launched.get("a").exit(4);

    assertThat(events).isEmpty();
    assertThat(dispatcher.active()).isZero();
  }

  @Test
  void shouldTellFailureAndGoOnWhenAWorkerCannotBeStarted() {
    launcherBroken = true;
    dispatcher.enqueue(run("a"));
    launcherBroken = false;
    dispatcher.enqueue(run("b"));

    assertThat(events).extracting(RunEvent::message).singleElement().asString().contains("no java");
    assertThat(launched.keySet()).containsExactly("b");
  }

  @Test
  void shouldFindARunNewOnlyWhenNothingIsKnownOfIt() {
    history.standings.put("finished", RunHistory.Standing.FINISHED);
    history.standings.put("accepted", RunHistory.Standing.ACCEPTED);
    dispatcher.enqueue(run("running"));

    assertThat(dispatcher.isNew(run("fresh"))).isTrue();
    assertThat(dispatcher.isNew(run("running"))).isFalse();
    assertThat(dispatcher.isNew(run("accepted"))).isFalse();
    assertThat(dispatcher.isNew(run("finished"))).isFalse();
  }

  @Test
  void shouldStartUnfinishedRunsOnceWhenRecovering() {
    dispatcher.enqueue(run("b"));
    history.unfinished = List.of(run("a"), run("b"));

    dispatcher.recover();

    assertThat(launched.keySet()).containsExactly("b", "a");
    assertThat(dispatcher.queued()).isZero();
  }

  @Test
  void shouldStopWorkersAndTellNothingWhenItShutsDown() {
    List.of("a", "b", "c").forEach(id -> dispatcher.enqueue(run(id)));

    dispatcher.shutdown(Duration.ofSeconds(1));

    assertThat(launched.keySet()).containsExactly("a", "b");
    assertThat(launched.values()).allMatch(worker -> worker.stopped);
    assertThat(events).isEmpty();
  }

  @Test
  void shouldNameTheKeyWhenNoWorkerIsAllowed() {
    assertThatThrownBy(
            () -> new Dispatcher(this::launch, history, events::add, Clock.systemUTC(), 0))
        .hasMessageContaining("edit.trainer.max-concurrent-runs");
  }

  private static final class FakeWorker implements RunLauncher.Worker {
    private final CompletableFuture<RunLauncher.WorkerEnd> end = new CompletableFuture<>();
    private boolean stopped;

    @Override
    public CompletableFuture<RunLauncher.WorkerEnd> end() {
      return end;
    }

    @Override
    public void stop(Duration grace) {
      stopped = true;
      exit(143);
    }

    private void exit(int code) {
      end.complete(new RunLauncher.WorkerEnd(code, "a/worker.log"));
    }
  }

  private static final class FakeHistory implements RunHistory {
    private final Map<String, Standing> standings = new HashMap<>();
    private List<Run> unfinished = List.of();

    @Override
    public Standing standing(String run) {
      return standings.getOrDefault(run, Standing.UNKNOWN);
    }

    @Override
    public List<Run> unfinished() {
      return unfinished;
    }
  }
}
