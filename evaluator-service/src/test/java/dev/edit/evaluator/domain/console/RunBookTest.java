package dev.edit.evaluator.domain.console;

import static dev.edit.evaluator.domain.console.ConsoleRecords.progress;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.Progress;
import dev.edit.contracts.RunEvent.State;
import dev.edit.evaluator.domain.Samples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunBookTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final RunBook book = new RunBook(3);

  @Test
  void shouldTellARunsStateAndFiguresWhenEventsCome() {
    book.put(event("r", 0, State.ACCEPTED, null, null));
    book.put(event("r", 5, State.RUNNING, "stage sft", progress(10, 40)));

    RunBook.Card card = book.cards().get(0);
    assertThat(card.state()).isEqualTo(State.RUNNING);
    assertThat(card.stage()).isEqualTo("sft");
    assertThat(card.message()).isEqualTo("stage sft");
    assertThat(card.progress().step()).isEqualTo(10);
    assertThat(card.started()).isEqualTo(START);
    assertThat(card.updated()).isEqualTo(START.plusSeconds(5));
  }

  @Test
  void shouldKeepTheWholeCurveInFewPointsWhenAStageIsLong() {
    for (int step = 1; step <= 5_000; step++) {
      book.put(event("r", step, State.RUNNING, null, progress(step, 5_000)));
    }

    List<Progress> curve = book.story("r").orElseThrow().curves().get("sft");
    assertThat(curve).hasSizeBetween(ProgressCurve.MOST / 2, ProgressCurve.MOST + 1);
    assertThat(curve.get(0).step()).isOne();
    assertThat(curve.get(curve.size() - 1).step()).isEqualTo(5_000);
    assertThat(curve).extracting(Progress::step).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void shouldReplaceWhatWasToldWhenAStageIsResumed() {
    for (int step = 10; step <= 50; step += 10) {
      book.put(event("r", step, State.RUNNING, null, progress(step, 100)));
    }
    book.put(event("r", 60, State.RUNNING, null, progress(30, 100)));

    assertThat(book.story("r").orElseThrow().curves().get("sft"))
        .extracting(Progress::step)
        .containsExactly(10, 20, 30);
  }

  @Test
  void shouldForgetTheOldestWhenThereAreMoreThanItKeeps() {
    for (String run : List.of("a", "b", "c", "d")) {
      book.put(event(run, 0, State.ACCEPTED, null, null));
    }

    assertThat(book.cards()).extracting(RunBook.Card::id).containsExactly("d", "c", "b");
    assertThat(book.story("a")).isEmpty();
  }

  @Test
  void shouldCallARunSucceededWhenOnlyItsLastCheckpointIsLeft() {
    book.put(Samples.checkpoint("old", true, "/students/old", "s", "t"));

    assertThat(book.cards().get(0).state()).isEqualTo(State.SUCCEEDED);
  }

  private static RunEvent event(
      String run, int second, State state, String message, Progress progress) {
    String stage = progress == null ? null : "sft";
    return new RunEvent(run, START.plusSeconds(second), state, stage, message, progress);
  }
}
