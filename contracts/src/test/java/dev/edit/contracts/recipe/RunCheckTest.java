package dev.edit.contracts.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.DualCot;
import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Run;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunCheckTest {
  private static final OptimizerSpec ADAMW = new OptimizerSpec(0.9, 0.999, 1e-8, 0, 0);
  private static final Run.DatasetSelector ALL =
      new Run.DatasetSelector(List.of(new Run.PartitionRange(0, 0, 9)), List.of());

  private static StageSpec stage(int steps, int warmupSteps) {
    return new StageSpec(steps, 4, 1e-3, StageSpec.Schedule.CONSTANT, warmupSteps, ADAMW);
  }

  private static Run run(Recipe recipe, Hyperparameters settings, Run.DatasetSelector dataset) {
    return new Run("run-1", recipe, "students/tiny", settings, dataset, 7);
  }

  private static List<String> violations(Recipe recipe, Hyperparameters settings) {
    return RunCheck.violations(run(recipe, settings, ALL)).stream()
        .map(InvalidRecordException::getMessage)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Recipe.class)
  void shouldPassThePaperPresetWhateverTheRecipe(Recipe recipe) {
    assertThat(violations(recipe, Presets.named("paper", recipe))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Recipe.class, mode = EnumSource.Mode.EXCLUDE, names = "DPO")
  void shouldPassEqualStepsWhateverTheRecipe(Recipe recipe) {
    Hyperparameters settings =
        new Hyperparameters(stage(10, 0), stage(5, 0), KrslSpec.REFERENCE, 64, true);

    assertThat(violations(recipe, settings)).isEmpty();
  }

  @Test
  void shouldNameTheFieldWhenAnSftRecipeHasKrslSteps() {
    Hyperparameters settings =
        new Hyperparameters(stage(10, 0), stage(5, 0), KrslSpec.REFERENCE, 64, false);

    assertThat(violations(Recipe.STD_COT, settings))
        .singleElement()
        .asString()
        .contains("'hyperparameters.krsl'", "'5 steps'", "recipe std-cot has no KRSL stage");
  }

  @Test
  void shouldNameAllThatIsMissingWhenKrslLacksItsSettings() {
    Hyperparameters settings = new Hyperparameters(stage(10, 0), null, null, 64, false);

    assertThat(violations(Recipe.EDIT, settings))
        .satisfiesExactly(
            first -> assertThat(first).contains("'hyperparameters.krsl'", "the recipe is edit"),
            second -> assertThat(second).contains("'hyperparameters.keySteps'"));
  }

  @Test
  void shouldAskForDpoSettingsWhenTheRecipeIsDpo() {
    Hyperparameters settings = new Hyperparameters(stage(10, 0), null, null, 64, false);

    assertThat(violations(Recipe.DPO, settings))
        .singleElement()
        .asString()
        .contains("'hyperparameters.dpo'", "a value, because the recipe is dpo", "'null'");
  }

  @Test
  void shouldRefuseDpoSettingsWhenTheRecipeHasNoDpo() {
    Hyperparameters dpo = Presets.named("paper", Recipe.DPO);

    assertThat(violations(Recipe.EDIT_NO_KRSL, dpo))
        .singleElement()
        .asString()
        .contains("'hyperparameters.dpo'", "'10 epochs'", "edit-no-krsl");
  }

  @Test
  void shouldRefuseWhenNoStepIsTaken() {
    Hyperparameters settings = new Hyperparameters(stage(0, 0), null, null, 64, false);

    assertThat(violations(Recipe.STD_COT, settings))
        .singleElement()
        .asString()
        .contains("'hyperparameters.sft.steps'", "at least one step");
  }

  @Test
  void shouldRefuseWhenWarmUpIsLongerThanItsStage() {
    Hyperparameters settings = new Hyperparameters(stage(10, 11), null, null, 64, false);

    assertThat(violations(Recipe.STD_COT, settings))
        .singleElement()
        .asString()
        .contains("'hyperparameters.sft.warmupSteps'", "'11'", "10 steps");
  }

  @Test
  void shouldRefuseAPairFilterWhenTheRecipeReadsNoPairs() {
    Run.DualFilter corrupted =
        new Run.DualFilter(List.of(DualCot.Origin.CORRUPTED), List.of(), null, null, null);
    Run run =
        run(
            Recipe.STD_COT,
            new Hyperparameters(stage(10, 0), null, null, 64, false),
            new Run.DatasetSelector(ALL.offsets(), List.of(), corrupted, null));

    assertThatThrownBy(() -> RunCheck.require(run))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessageContaining("'dataset.duals'")
        .hasMessageContaining("recipe std-cot reads no pairs");
  }

  @Test
  void shouldRefuseWhenTheRangesAreEmpty() {
    Run run =
        run(
            Recipe.STD_COT,
            new Hyperparameters(stage(10, 0), null, null, 64, false),
            new Run.DatasetSelector(List.of(new Run.PartitionRange(0, 4, 4)), List.of()));

    assertThatThrownBy(() -> RunCheck.require(run)).hasMessageContaining("'dataset.offsets'");
  }

  @Test
  void shouldNameThePresetsWhenOneIsUnknown() {
    assertThatThrownBy(() -> Presets.named("fast", Recipe.EDIT))
        .hasMessageContaining("'preset'")
        .hasMessageContaining("'fast'")
        .hasMessageContaining("[paper]");
  }

  @Test
  void shouldRefuseStepsWhenEpochsAreGiven() {
    assertThatThrownBy(
            () ->
                new StageSpec(
                    5, 4, 1e-3, StageSpec.Schedule.CONSTANT, 0, ADAMW, 2, null, null, null))
        .hasMessageContaining("'steps'")
        .hasMessageContaining("because epochs is given");
  }
}
