package dev.edit.contracts.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.DualCot;
import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Run;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunCheckTest {
  private static final OptimizerSpec ADAMW = new OptimizerSpec(0.9, 0.999, 1e-8, 0, 0);
  private static final StageSpec TEN = stage(10, 0);
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

  private static StageSpec withOptimizer(OptimizerSpec optimizer) {
    return new StageSpec(10, 4, 1e-3, StageSpec.Schedule.CONSTANT, 0, optimizer);
  }

  static Stream<Arguments> unsound() {
    StageSpec still = new StageSpec(10, 4, 0, StageSpec.Schedule.CONSTANT, 0, ADAMW);
    return Stream.of(
        wrong("keySteps", "alpha 0, beta 0, gamma 0", Recipe.EDIT, edit(TEN, 0)),
        wrong("krsl.learningRate", "0", Recipe.EDIT, edit(still, 1)),
        wrong("dpo.beta", "0", Recipe.DPO, dpo(null, 0)),
        wrong("krsl", "10 steps", Recipe.DPO, dpo(TEN, 0.1)),
        wrong(
            "sft.optimizer.beta2",
            "1.0",
            Recipe.STD_COT,
            sftOnly(withOptimizer(new OptimizerSpec(0.9, 1, 1e-8, 0, 0)))),
        wrong(
            "sft.optimizer.epsilon",
            "0",
            Recipe.STD_COT,
            sftOnly(withOptimizer(new OptimizerSpec(0.9, 0.999, 0, 0, 0)))),
        wrong("lora.targets", "[q_proj, query]", Recipe.EDIT, withLora(16, "q_proj", "query")),
        wrong("lora.alpha", "0", Recipe.EDIT, withLora(0, "q_proj")),
        wrong(
            "memory.bf16Weights",
            "true",
            Recipe.EDIT,
            edit(TEN, 1).withMemory(new MemorySpec(true, true))),
        wrong("keepBest.heldOut", "0.95", Recipe.STD_COT, heldOut(0.95)));
  }

  private static Arguments wrong(
      String field, String value, Recipe recipe, Hyperparameters settings) {
    return Arguments.of("hyperparameters." + field, value, recipe, settings);
  }

  private static Hyperparameters edit(StageSpec krsl, double alpha) {
    return new Hyperparameters(TEN, krsl, new KrslSpec(alpha, 0, 0, 20), 64, false);
  }

  private static Hyperparameters dpo(StageSpec krsl, double beta) {
    return new Hyperparameters(
        TEN, krsl, null, 64, true, new DpoSpec(TEN, beta), null, null, null, null, null);
  }

  private static Hyperparameters withLora(double alpha, String... targets) {
    LoraSpec lora = new LoraSpec(8, alpha, 0, List.of(targets));
    return new Hyperparameters(
        TEN, TEN, KrslSpec.REFERENCE, 64, false, null, null, lora, null, null, null);
  }

  private static Hyperparameters heldOut(double share) {
    KeepBestSpec best = new KeepBestSpec(share, 200, 16);
    return new Hyperparameters(TEN, null, null, 64, false, null, null, null, null, best, null);
  }

  private static Hyperparameters sftOnly(StageSpec sft) {
    return new Hyperparameters(sft, null, null, 64, false);
  }

  @ParameterizedTest
  @MethodSource("unsound")
  void shouldNameFieldAndValueWhenTheRunWouldOnlyFailLater(
      String field, String value, Recipe recipe, Hyperparameters settings) {
    assertThat(violations(recipe, settings))
        .singleElement()
        .asString()
        .contains("'" + field + "'", "'" + value + "'");
  }

  @Test
  void shouldRefuseCounterfactualsOfRectifiedPairsAlone() {
    Run.DualFilter rectified =
        new Run.DualFilter(List.of(DualCot.Origin.RECTIFIED), List.of(), null, null, null);
    Run.DatasetSelector dataset =
        new Run.DatasetSelector(ALL.offsets(), List.of(), rectified, null);

    assertThat(RunCheck.violations(run(Recipe.SCOTT, sftOnly(stage(10, 0)), dataset)))
        .singleElement()
        .satisfies(wrong -> assertThat(wrong).hasMessageContaining("'dataset.duals.origins'"));
    assertThat(RunCheck.violations(run(Recipe.STD_COT_DUAL, sftOnly(stage(10, 0)), dataset)))
        .isEmpty();
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
