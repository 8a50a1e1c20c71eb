package dev.edit.trainer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.RunEvent.Progress;
import dev.edit.contracts.recipe.KrslSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StageLoopTest {
  private final AtomicLong seconds = new AtomicLong();
  private final FakeStudent student = new FakeStudent();
  private final List<Progress> reports = new ArrayList<>();

  private RunState run(Objective objective, int steps, int reportEvery) throws IOException {
    PlannedStage stage =
        new PlannedStage("sft", objective, Samples.stage(steps, 4, 0.1), Samples.items(20), true);
    TrainableStudent.Stage trained = student.open(objective, Samples.ADAMW, stage.items(), 7);
    StageLoop.Watch watch =
        new StageLoop.Watch() {
          @Override
          public void progress(Progress progress) {
            reports.add(progress);
          }

          @Override
          public RunState stepped(RunState state) {
            return state;
          }
        };
    return new StageLoop(reportEvery, () -> seconds.getAndIncrement() * 1_000_000_000L)
        .run(
            new StageLoop.Job(stage, 7, trained, 5),
            RunState.start("identity", "sft"),
            watch,
            () -> false);
  }

  @Test
  void shouldReportEveryNStepsAndAfterTheLast() throws IOException {
    run(new Objective.Sft(), 11, 4);

    assertThat(reports).extracting(Progress::step).containsExactly(4, 8, 11);
    assertThat(reports).extracting(Progress::steps).containsOnly(11);
  }

  @Test
  void shouldTellTheDevicesMemoryAtEveryReport() throws IOException {
    run(new Objective.Sft(), 8, 4);

    assertThat(reports).extracting(Progress::memoryBytes).containsExactly(1_004L, 1_008L);
  }

  @Test
  void shouldAverageLossAndThroughputSinceTheLastReport() throws IOException {
    run(new Objective.Sft(), 8, 4);

    assertThat(reports).extracting(Progress::loss).containsExactly(2.5, 6.5);
    assertThat(reports).extracting(Progress::tokensPerSecond).containsOnly(10.0);
    assertThat(reports).extracting(Progress::rightKeyNll).containsOnlyNulls();
  }

  @Test
  void shouldReportKeyLikelihoodsWhenTheObjectiveHasThem() throws IOException {
    run(new Objective.Krsl(KrslSpec.REFERENCE), 4, 4);

    assertThat(reports).extracting(Progress::rightKeyNll).containsExactly(1.0);
    assertThat(reports).extracting(Progress::wrongKeyNll).containsExactly(4.0);
  }

  @Test
  void shouldLookAheadOverAllStepsThatAreLeft() throws IOException {
    run(new Objective.Sft(), 11, 4);

    // A step takes a second; five steps of later stages follow.
    assertThat(reports).extracting(Progress::etaSeconds).containsExactly(12.0, 8.0, 5.0);
    assertThat(reports).extracting(Progress::epoch).containsExactly(0, 1, 2);
  }

  @Test
  void shouldAddUpTheCost() throws IOException {
    RunState end = run(new Objective.Sft(), 11, 4);

    assertThat(end.step()).isEqualTo(11);
    assertThat(end.tokens()).isEqualTo(110);
    assertThat(end.nanos()).isEqualTo(11_000_000_000L);
  }

  @Test
  void shouldNameStepAndBatchWhenTheLossIsNotANumber() throws IOException {
    student.divergesAt = 3;

    assertThatThrownBy(() -> run(new Objective.Sft(), 11, 4))
        .isInstanceOf(LossNotFiniteException.class)
        .hasMessageContaining("step 3")
        .hasMessageContaining("loss is NaN")
        .satisfies(
            e ->
                assertThat(((LossNotFiniteException) e).batch())
                    .hasSize(4)
                    .allMatch(id -> id.startsWith("counting/train/")));
  }
}
