package dev.edit.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.Run;
import dev.edit.contracts.Run.Desired;
import dev.edit.contracts.Run.Order;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.Progress;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.recipe.Presets;
import dev.edit.contracts.recipe.Recipe;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunOrdersTest {
  private static final Run RUN =
      new Run(
          "edit-7",
          Recipe.EDIT,
          "students/7b",
          Presets.named(Presets.PAPER, Recipe.EDIT),
          new Run.DatasetSelector(List.of(new Run.PartitionRange(0, 0, 9)), List.of()),
          7);

  private final RunStory story = new RunStory("edit-7");

  private void told(State state, int attempt, String message) {
    story.add(new RunEvent("edit-7", Instant.EPOCH, state, null, message, null).ofAttempt(attempt));
  }

  @Test
  void shouldOrderTheSameRunAgainButNoOtherOfItsName() {
    Run other = new Run("edit-7", Recipe.EDIT, "s", RUN.hyperparameters(), RUN.dataset(), 8);
    assertThat(RunOrders.create(RUN, Optional.empty())).isEqualTo(RUN);
    story.add(RUN.withOrder(new Order(2, Desired.TRAINED)));

    assertThat(RunOrders.create(RUN, Optional.of(story)).epoch()).isEqualTo(2);
    assertThatThrownBy(() -> RunOrders.create(other, Optional.of(story)))
        .hasMessageContaining("edit-7 exists with other settings");
  }

  @Test
  void shouldCancelWhatHasNotEnded() {
    story.add(RUN);
    told(State.RUNNING, 1, null);

    Run cancelled = RunOrders.cancel(story);

    assertThat(cancelled.order()).isEqualTo(new Order(1, Desired.CANCELLED));
    told(State.CANCELLED, 1, null);
    assertThatThrownBy(() -> RunOrders.cancel(story)).hasMessageContaining("has ended: cancelled");
  }

  @Test
  void shouldRetryWhatHasEndedWithoutSuccess() {
    story.add(RUN);
    told(State.RUNNING, 1, null);
    assertThatThrownBy(() -> RunOrders.retry(story)).hasMessageContaining("cancel it first");
    told(State.FAILED, 1, "no memory");

    assertThat(RunOrders.retry(story).order()).isEqualTo(new Order(2, Desired.TRAINED));
  }

  @Test
  void shouldNotRetryASuccess() {
    story.add(RUN);
    told(State.SUCCEEDED, 1, null);

    assertThatThrownBy(() -> RunOrders.retry(story)).hasMessageContaining("has succeeded");
  }

  @Test
  void shouldStandWhereTheLatestAttemptStands() {
    story.add(RUN);
    told(State.FAILED, 1, "no memory");
    assertThat(story.isOver()).isTrue();
    story.add(RUN.withOrder(new Order(2, Desired.TRAINED)));
    assertThat(story.isOver()).isFalse();
    assertThat(story.message()).isEmpty();

    told(State.PENDING, 2, "no GPU is free");
    told(State.RUNNING, 1, "late news of the first attempt");

    assertThat(story.state()).contains(State.PENDING);
    assertThat(RunLines.news(story)).isEqualTo("edit-7 pending: no GPU is free");
    assertThat(RunLines.row(story)).contains("edit-7", "edit", "2", "pending", "no GPU is free");
  }

  @Test
  void shouldShowBarsWithTheTimeThatIsLeft() {
    story.add(RUN);
    story.add(
        new RunEvent(
            "edit-7",
            Instant.EPOCH,
            State.RUNNING,
            "sft",
            null,
            new Progress(25, 100, 0.5, 1e-3, 1, 900, null, null, 4000.0, 0, null)));

    assertThat(RunLines.bars(story))
        .singleElement()
        .satisfies(
            bar -> {
              assertThat(bar.share()).isEqualTo(0.25);
              assertThat(bar.detail()).contains("loss 0.500", "900 tokens/s", "1 h 06 min");
            });
    assertThat(RunJson.of(story).toString()).contains("\"step\":25", "\"etaSeconds\":4000.0");
  }
}
