package dev.edit.trainer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.RunEvent.Progress;
import dev.edit.contracts.recipe.KrslSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StageLoopTest {
  private final AtomicLong seconds = new AtomicLong();
  private final FakeStudent student = new FakeStudent();
  private final List<Progress> reports = new ArrayList<>();

  private StageLoop.Cost run(Objective objective, int steps, int reportEvery) {
    PlannedStage stage =
        new PlannedStage("sft", objective, Samples.stage(steps, 4, 0.1), Samples.mixed(20), true);
    return new StageLoop(reportEvery, () -> seconds.getAndIncrement() * 1_000_000_000L)
        .run(stage, 7, student.open(objective, Samples.ADAMW), reports::add);
  }

  @Test
  void shouldReportEveryNStepsAndAfterTheLast() {
    run(new Objective.Sft(), 11, 4);

    assertThat(reports).extracting(Progress::step).containsExactly(4, 8, 11);
    assertThat(reports).extracting(Progress::steps).containsOnly(11);
  }

  @Test
  void shouldAverageLossAndThroughputSinceTheLastReport() {
    run(new Objective.Sft(), 8, 4);

    assertThat(reports).extracting(Progress::loss).containsExactly(2.5, 6.5);
    assertThat(reports).extracting(Progress::tokensPerSecond).containsOnly(10.0);
    assertThat(reports).extracting(Progress::rightKeyNll).containsOnlyNulls();
  }

  @Test
  void shouldReportKeyLikelihoodsWhenTheObjectiveHasThem() {
    run(new Objective.Krsl(KrslSpec.REFERENCE), 4, 4);

    assertThat(reports).extracting(Progress::rightKeyNll).containsExactly(1.0);
    assertThat(reports).extracting(Progress::wrongKeyNll).containsExactly(4.0);
  }

  @Test
  void shouldAddUpTheCost() {
    StageLoop.Cost cost = run(new Objective.Sft(), 11, 4);

    assertThat(cost.tokens()).isEqualTo(110);
    assertThat(cost.seconds()).isEqualTo(11.0);
  }

  @Test
  void shouldNameStepAndBatchWhenTheLossIsNotANumber() {
    student.divergesAt = 3;

    assertThatThrownBy(() -> run(new Objective.Sft(), 11, 4))
        .isInstanceOf(LossNotFiniteException.class)
        .hasMessageContaining("step 3")
        .hasMessageContaining("loss is NaN")
        .hasMessageContaining("counting/train/");
  }
}
