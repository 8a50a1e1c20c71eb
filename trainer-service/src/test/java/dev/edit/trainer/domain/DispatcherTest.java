package dev.edit.trainer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.Run;
import dev.edit.contracts.Run.Desired;
import dev.edit.contracts.Run.Order;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.trainer.domain.RunLauncher.Note;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  private final FakeLog log = new FakeLog();
  private final FakeLauncher launcher = new FakeLauncher();
  private final Dispatcher dispatcher = dispatcher(launcher);

  private Dispatcher dispatcher(RunLauncher on) {
    return new Dispatcher(
        on, log, log::tell, Clock.systemUTC(), new Dispatcher.Limits(2, Duration.ofSeconds(1)));
  }

  @BeforeEach
  void own() {
    dispatcher.own(Set.of(0));
  }

  private static Run run(String id) {
    return Samples.run(id, Recipe.EDIT, 1, 1, 64, List.of());
  }

  private static Run cancelled(String id, int epoch) {
    return run(id).withOrder(new Order(epoch, Desired.CANCELLED));
  }

  private static Run retry(String id, int epoch) {
    return run(id).withOrder(new Order(epoch, Desired.TRAINED));
  }

  /** As the record loop does it: the events are in the log before the rest is done. */
  private void arrive(Run run) {
    log.runs.put(run.id(), run);
    Dispatcher.Decision decision = dispatcher.decide(run, 0);
    decision.tell().forEach(log::tell);
    decision.then().run();
  }

  private void arrive(String... ids) {
    for (String id : ids) {
      arrive(run(id));
    }
  }

  @Test
  void shouldStartNoMoreWorkersThanAllowed() {
    arrive("a", "b", "c", "d");

    assertThat(launcher.launched).containsExactly("a-1", "b-1");
    assertThat(dispatcher.active()).isEqualTo(2);
    assertThat(dispatcher.queued()).isEqualTo(2);
  }

  @Test
  void shouldStartTheNextInOrderWhenAWorkerEnds() {
    arrive("a", "b", "c", "d");
    log.tell("b", State.SUCCEEDED);

    launcher.worker("b-1").exit(0);

    assertThat(launcher.launched).containsExactly("a-1", "b-1", "c-1");
    assertThat(log.states("b")).containsExactly(State.ACCEPTED, State.SUCCEEDED);
  }

  @Test
  void shouldTellFailureWhenAWorkerEndsWithoutAResult() {
    arrive("a");

    launcher.worker("a-1").exit(137);

    assertThat(log.states("a")).containsExactly(State.ACCEPTED, State.FAILED);
    assertThat(log.last("a").message()).contains("exit code 137");
  }

  @Test
  void shouldTellNothingWhenTheWorkerToldItsEndItself() {
    arrive("a");
    log.tell("a", State.FAILED);

    launcher.worker("a-1").exit(4);

    assertThat(log.states("a")).containsExactly(State.ACCEPTED, State.FAILED);
    assertThat(dispatcher.active()).isZero();
  }

  @Test
  void shouldTellFailureAndGoOnWhenAWorkerCannotBeStarted() {
    launcher.broken = new java.io.IOException("no java here");
    arrive("a");
    launcher.broken = null;
    arrive("b");

    assertThat(log.last("a").message()).contains("no java here");
    assertThat(launcher.launched).containsExactly("b-1");
  }

  @Test
  void shouldWaitAndSayWhyWhenTheLauncherIsAway() {
    launcher.broken = new RunLauncher.UnavailableException("the cluster does not answer", null);
    arrive("a");
    dispatcher.recover();
    dispatcher.recover();
    assertThat(log.states("a")).containsExactly(State.ACCEPTED, State.PENDING);

    launcher.broken = null;
    dispatcher.recover();

    assertThat(launcher.launched).containsExactly("a-1");
  }

  @Test
  void shouldPassOverARunThatIsKnown() {
    arrive("a", "a", "b");
    log.tell("b", State.SUCCEEDED);
    launcher.worker("b-1").exit(0);

    arrive("b");

    assertThat(launcher.launched).containsExactly("a-1", "b-1");
    assertThat(log.states("a")).containsExactly(State.ACCEPTED);
  }

  @Test
  void shouldTellEachNoteOnce() {
    arrive("a");
    launcher.note("a-1", new Note(State.PENDING, "no GPU is free"));
    launcher.note("a-1", new Note(State.PENDING, "no GPU is free"));
    launcher.note("a-1", new Note(State.RUNNING, "on node n1"));

    assertThat(log.states("a")).containsExactly(State.ACCEPTED, State.PENDING, State.RUNNING);
  }

  @Test
  void shouldEndTheWorkerAndTellSoWhenARunIsCancelled() {
    arrive("a");

    arrive(cancelled("a", 1));
    assertThat(launcher.worker("a-1").cancelled).isTrue();
    assertThat(log.states("a")).containsExactly(State.ACCEPTED);
    launcher.worker("a-1").exit(143);

    assertThat(log.states("a")).containsExactly(State.ACCEPTED, State.CANCELLED);
  }

  @Test
  void shouldNotStartARunThatWasCancelledWhileItWaited() {
    arrive("a", "b", "c");

    arrive(cancelled("c", 1));
    launcher.worker("a-1").exit(0);

    assertThat(log.states("c")).containsExactly(State.ACCEPTED, State.CANCELLED);
    assertThat(launcher.launched).containsExactly("a-1", "b-1");
  }

  @Test
  void shouldTellCancelledWhenARunIsCancelledBeforeItWasEverAccepted() {
    arrive(cancelled("a", 1));
    arrive("a");

    assertThat(log.states("a")).containsExactly(State.CANCELLED);
    assertThat(launcher.launched).isEmpty();
  }

  @Test
  void shouldKeepTheSuccessOfARunThatEndedBeforeItsCancellationReachedIt() {
    arrive("a");
    arrive(cancelled("a", 1));
    log.tell("a", State.SUCCEEDED);

    launcher.worker("a-1").exit(0);

    assertThat(log.states("a")).containsExactly(State.ACCEPTED, State.SUCCEEDED);
  }

  @Test
  void shouldTryAFailedRunAgainWhenItsEpochRises() {
    arrive("a");
    launcher.worker("a-1").exit(1);

    arrive(retry("a", 2));

    assertThat(launcher.launched).containsExactly("a-1", "a-2");
    assertThat(log.last("a").attempt()).isEqualTo(2);
    launcher.worker("a-2").exit(1);
    assertThat(log.last("a").state()).isEqualTo(State.FAILED);
    assertThat(log.last("a").attempt()).isEqualTo(2);
  }

  @Test
  void shouldEndTheOlderWorkerFirstWhenARunIsTriedAgainWhileItRuns() {
    arrive("a");

    arrive(retry("a", 2));
    assertThat(launcher.worker("a-1").cancelled).isTrue();
    assertThat(launcher.launched).containsExactly("a-1");
    launcher.worker("a-1").exit(143);

    assertThat(launcher.launched).containsExactly("a-1", "a-2");
  }

  @Test
  void shouldCancelARetryThatStillWaitsForTheOlderWorker() {
    arrive("a");
    arrive(retry("a", 2));

    arrive(cancelled("a", 2));
    launcher.worker("a-1").exit(143);

    assertThat(launcher.launched).containsExactly("a-1");
    assertThat(log.last("a").state()).isEqualTo(State.CANCELLED);
    assertThat(log.last("a").attempt()).isEqualTo(2);
  }

  @Test
  void shouldIgnoreAnOlderEpochThatComesLate() {
    arrive(retry("a", 2));

    arrive("a");

    assertThat(launcher.launched).containsExactly("a-2");
  }

  @Test
  void shouldEndARunThatWasTakenOffTheTopic() {
    arrive("a");

    dispatcher.withdraw("a");
    launcher.worker("a-1").exit(143);

    assertThat(log.last("a").state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void shouldStartUnfinishedRunsOnceWhenRecovering() {
    arrive("a");
    log.runs.put("b", run("b"));
    log.tell("b", State.ACCEPTED);

    dispatcher.recover();
    dispatcher.recover();

    assertThat(launcher.launched).containsExactly("a-1", "b-1");
  }

  @Test
  void shouldEndTheWorkerOfAnEarlierDispatcherWhenItsRunIsToBeCancelled() {
    log.runs.put("a", cancelled("a", 1));
    log.tell("a", State.ACCEPTED);
    FakeLauncher.FakeWorker left = launcher.leave("a-1");

    dispatcher.recover();
    assertThat(left.cancelled).isTrue();
    left.exit(143);

    assertThat(log.states("a")).containsExactly(State.ACCEPTED, State.CANCELLED);
    assertThat(launcher.launched).isEmpty();
  }

  @Test
  void shouldTellAnEndLaterWhenKafkaIsAway() {
    arrive("a");
    log.away = true;
    launcher.worker("a-1").exit(1);
    log.away = false;
    assertThat(log.states("a")).containsExactly(State.ACCEPTED);

    launcher.leave("a-1").exit(1);
    dispatcher.recover();

    assertThat(log.states("a")).containsExactly(State.ACCEPTED, State.FAILED);
  }

  @Test
  void shouldGiveUpTheRunsOfAPartitionThatLeaves() {
    arrive("a", "b", "c");

    dispatcher.release(Set.of(0));
    dispatcher.recover();

    assertThat(launcher.launched).containsExactly("a-1", "b-1");
    assertThat(launcher.worker("a-1").released).isTrue();
    assertThat(dispatcher.queued() + dispatcher.active()).isZero();
    assertThat(log.states("a")).containsExactly(State.ACCEPTED);
  }

  @Test
  void shouldServeEachRunOnceWhenTwoDispatchersShareThePartitions() {
    Dispatcher other = dispatcher(launcher);
    for (String id : List.of("a", "b")) {
      log.runs.put(id, run(id));
      log.tell(id, State.ACCEPTED);
    }
    log.partitions.put("b", 1);
    other.own(Set.of(1));

    dispatcher.recover();
    other.recover();

    assertThat(launcher.launched).containsExactly("a-1", "b-1");
    assertThat(dispatcher.active()).isOne();
    assertThat(other.active()).isOne();
  }

  @Test
  void shouldStopWorkersAndTellNothingWhenItShutsDown() {
    arrive("a", "b", "c");

    dispatcher.shutdown();

    assertThat(launcher.launched).containsExactly("a-1", "b-1");
    assertThat(launcher.worker("a-1").released).isTrue();
    assertThat(launcher.worker("b-1").released).isTrue();
    assertThat(log.states("a")).containsExactly(State.ACCEPTED);
  }

  @Test
  void shouldNameTheKeyWhenNoWorkerIsAllowed() {
    assertThatThrownBy(() -> new Dispatcher.Limits(0, Duration.ZERO))
        .hasMessageContaining("edit.trainer.max-concurrent-runs");
  }
}
