package dev.edit.trainer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Run;
import dev.edit.contracts.recipe.DpoSpec;
import dev.edit.contracts.recipe.Hyperparameters;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.contracts.recipe.StageSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunPlanTest {
  private static RunPlan plan(Recipe recipe, int sft, int krsl) {
    Run run = Samples.run(recipe, sft, krsl);
    return RunPlan.of(run, Samples.set(Samples.mixed(20), run));
  }

  @Test
  void shouldEndWithKrslWhenTheRecipeHasIt() {
    List<PlannedStage> stages = plan(Recipe.EDIT, 10, 5).stages();

    assertThat(stages).extracting(PlannedStage::name).containsExactly("sft", "krsl");
    assertThat(stages).extracting(PlannedStage::last).containsExactly(false, true);
    assertThat(stages).extracting(stage -> stage.spec().steps()).containsExactly(10, 5);
  }

  @Test
  void shouldSpendKrslStepsOnFurtherSftWhenStepsAreToBeEqual() {
    List<PlannedStage> stages = plan(Recipe.STD_COT, 10, 5).stages();
    PlannedStage krsl = plan(Recipe.EDIT, 10, 5).stages().get(1);

    assertThat(stages).extracting(PlannedStage::name).containsExactly("sft", "sft-more");
    assertThat(stages).extracting(PlannedStage::last).containsExactly(false, true);
    assertThat(stages.get(1).spec()).isEqualTo(krsl.spec());
    assertThat(stages.get(1).objective()).isInstanceOf(Objective.Sft.class);
  }

  @Test
  void shouldEndWithSftWhenKrslHasNoSteps() {
    List<PlannedStage> stages = plan(Recipe.EDIT, 10, 0).stages();

    assertThat(stages).hasSize(1);
    assertThat(stages.get(0).last()).isTrue();
  }

  @Test
  void shouldRefuseWhenThereAreNoSteps() {
    assertThatThrownBy(() -> plan(Recipe.EDIT, 0, 0))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessageContaining("at least one step");
  }

  @Test
  void shouldNameTheStageWhenItHasNothingToRead() {
    Run run = Samples.run(Recipe.EDIT, 10, 5);
    TrainingSet set = Samples.set(List.of(Samples.alone("a", 5)), run);

    assertThatThrownBy(() -> RunPlan.of(run, set))
        .hasMessageContaining("stage krsl")
        .hasMessageContaining("none of 1 records");
  }

  @Test
  void shouldCountStepsWhenEpochsAreGiven() {
    Run shape = Samples.run(Recipe.STD_COT_REPEAT, 1, 0);
    StageSpec epochs =
        new StageSpec(
            0, 4, 1e-3, StageSpec.Schedule.EXPONENTIAL, 0, Samples.ADAMW, 3, 2, null, null);
    Run run =
        new Run(
            "run-1",
            Recipe.EDIT_NO_KRSL,
            shape.student(),
            new Hyperparameters(epochs, null, null, 64, false),
            shape.dataset(),
            7);

    PlannedStage stage = RunPlan.of(run, Samples.set(Samples.mixed(20), run)).stages().get(0);

    // 20 examples in steps of 2 x 4 take 3 steps an epoch.
    assertThat(stage.stepsPerEpoch()).isEqualTo(3);
    assertThat(stage.spec().steps()).isEqualTo(9);
  }

  @ParameterizedTest
  @EnumSource(
      value = Recipe.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DPO", "SCOTT"})
  void shouldPlanEveryRecipeWithEqualSteps(Recipe recipe) {
    List<PlannedStage> stages = plan(recipe, 10, 5).stages();

    assertThat(stages).extracting(stage -> stage.spec().steps()).containsExactly(10, 5);
    assertThat(stages.get(1).name()).isEqualTo(recipe.krsl() ? "krsl" : "sft-more");
    assertThat(stages.get(0).objective())
        .isInstanceOf(
            recipe.sftView().multiTask() ? Objective.MultiTask.class : Objective.Sft.class);
  }

  @Test
  void shouldEndWithDpoWhenTheRecipeIsDpo() {
    Run shape = Samples.run(Recipe.DPO, 10, 5);
    Hyperparameters settings =
        new Hyperparameters(
            shape.hyperparameters().sft(),
            null,
            null,
            64,
            false,
            new DpoSpec(Samples.stage(6, 4, 1e-5), 0.1),
            null,
            null,
            null,
            null,
            null);
    Run run = new Run("run-1", Recipe.DPO, shape.student(), settings, shape.dataset(), 7);

    List<PlannedStage> stages = RunPlan.of(run, Samples.set(Samples.mixed(20), run)).stages();

    assertThat(stages).extracting(PlannedStage::name).containsExactly("sft", "dpo");
    assertThat(stages.get(1).objective()).isEqualTo(new Objective.Dpo(0.1));
    assertThat(stages.get(1).items()).allMatch(item -> item.responses().size() == 2);
  }
}
