package dev.edit.trainer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.edit.contracts.Run;
import dev.edit.contracts.Run.Desired;
import dev.edit.contracts.Run.Order;
import dev.edit.contracts.Run.PartitionRange;
import dev.edit.trainer.operator.RunPlanner.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunPlannerTest {
  private static final List<PartitionRange> WHOLE = List.of(new PartitionRange(0, 0, 400));

  private static Plan plan(DistillationRun wanted, Run there) {
    return RunPlanner.plan(wanted, there, () -> WHOLE);
  }

  private static Run ordered(DistillationRun wanted) {
    return ((Plan.Publish) plan(wanted, null)).run();
  }

  @Test
  void shouldOrderARunOnAllThatIsThereWhenTheResourceNamesNoOffsets() {
    Run run = ordered(Resources.resource("edit-7"));

    assertThat(run.id()).isEqualTo("edit-7");
    assertThat(run.dataset().offsets()).isEqualTo(WHOLE);
    assertThat(run.order()).isNull();
    assertThat(run.seed()).isEqualTo(7);
  }

  @Test
  void shouldAskForNothingWhenTheRunIsThereEvenIfTheTopicHasGrown() {
    DistillationRun wanted = Resources.resource("edit-7");
    Run there = ordered(wanted);

    Plan again = RunPlanner.plan(wanted, there, () -> List.of(new PartitionRange(0, 0, 999)));

    assertThat(again).isInstanceOf(Plan.Nothing.class);
  }

  @Test
  void shouldCancelAndTryAgainAsTheResourceSays() {
    Run there = ordered(Resources.resource("edit-7"));

    Plan cancel = plan(Resources.resource("edit-7", true, 1), there);
    assertThat(((Plan.Publish) cancel).run().order()).isEqualTo(new Order(1, Desired.CANCELLED));

    Run cancelled = ((Plan.Publish) cancel).run();
    Plan retry = plan(Resources.resource("edit-7", false, 2), cancelled);
    assertThat(((Plan.Publish) retry).run().order()).isEqualTo(new Order(2, Desired.TRAINED));
  }

  @Test
  void shouldNotGoBackBehindAnAttemptThatWasAskedForElsewhere() {
    Run there = ordered(Resources.resource("edit-7")).withOrder(new Order(3, Desired.TRAINED));

    assertThat(plan(Resources.resource("edit-7"), there)).isInstanceOf(Plan.Nothing.class);
  }

  @Test
  void shouldRefuseWhenAnotherRunHasTheName() {
    Run there = ordered(Resources.resource("edit-7"));
    DistillationRun other = Resources.resource("edit-7");
    other.setSpec(
        new DistillationRunSpec("edit", "/models/1b", 7L, "paper", null, null, null, null));

    assertThat(plan(other, there))
        .isInstanceOfSatisfying(
            Plan.Refuse.class, refusal -> assertThat(refusal.reason()).isEqualTo("Conflict"));
  }

  @Test
  void shouldRefuseWithTheFieldThatIsWrong() {
    DistillationRun wanted = Resources.resource("edit-7");
    wanted.setSpec(
        new DistillationRunSpec(
            "edit",
            "s",
            0L,
            null,
            JsonNodeFactory.instance.objectNode().put("maxLength", 2),
            null,
            null,
            null));

    assertThat(plan(wanted, null))
        .isInstanceOfSatisfying(
            Plan.Refuse.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo("Invalid");
              assertThat(refusal.message()).contains("hyperparameters");
            });
    assertThat(RunPlanner.plan(Resources.resource("edit-7"), null, List::of))
        .isInstanceOfSatisfying(
            Plan.Refuse.class,
            refusal -> assertThat(refusal.message()).contains("dataset.offsets"));
  }
}
