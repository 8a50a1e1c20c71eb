package dev.edit.trainer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Run;
import dev.edit.contracts.recipe.Recipe;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunPlanTest {
  private static RunPlan plan(Recipe recipe, int sft, int krsl) {
    Run run = Samples.run(recipe, sft, krsl);
    return RunPlan.of(run, TrainingSet.select(Samples.mixed(20), run));
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
    TrainingSet set = TrainingSet.select(List.of(Samples.alone("a", 5)), run);

    assertThatThrownBy(() -> RunPlan.of(run, set))
        .hasMessageContaining("stage krsl")
        .hasMessageContaining("none of 1 records");
  }
}
