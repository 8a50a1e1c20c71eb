package dev.edit.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.edit.contracts.recipe.Recipe;
import dev.edit.statistics.McNemar;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void shouldSayNotSignificantWhenStudentsDifferByChance() {
    Comparison comparison =
        Comparison.of(
            List.of(
                run(Recipe.STD_COT, 1, "1100110011", "0000"),
                run(Recipe.EDIT, 1, "1110110011", "0000")));

    assertThat(comparison.benchmarks())
        .extracting(Comparison.Benchmark::name)
        .containsExactly("families-in", "families-harder");
    assertThat(comparison.tests()).hasSize(2);
    Comparison.PairTest test = comparison.tests().get(0);
    assertThat(test.mcNemar()).isEqualTo(new McNemar(1, 0));
    assertThat(test.difference()).isCloseTo(0.1, within(1e-12));
    assertThat(test.interval().low()).isZero();
    assertThat(test.interval().high()).isBetween(0.2, 0.4);
    assertThat(Figures.verdict(test)).isEqualTo("not significant");
  }

  @Test
  void shouldSaySignificantWhenOneStudentIsBetterThroughout() {
    Comparison comparison =
        Comparison.of(
            List.of(
                run(Recipe.STD_COT, 1, "0".repeat(30), "01"),
                run(Recipe.EDIT, 1, "1".repeat(30), "10")));

    assertThat(Figures.verdict(comparison.tests().get(0))).isEqualTo("significant");
    assertThat(comparison.tests().get(0).first()).isEqualTo(Recipe.EDIT);
    assertThat(Figures.verdict(comparison.tests().get(1))).isEqualTo("not significant");
  }

  @Test
  void shouldPoolSeedsWhenThereAreSeveral() {
    List<RunResult> runs =
        List.of(
            run(Recipe.STD_COT, 1, "1000", "0"),
            run(Recipe.STD_COT, 2, "1100", "0"),
            run(Recipe.EDIT_NO_KRSL, 1, "1111", "0"),
            run(Recipe.EDIT_NO_KRSL, 2, "1010", "0"));
    Comparison comparison = Comparison.of(runs);

    assertThat(comparison.tests().get(0).mcNemar()).isEqualTo(new McNemar(4, 1));
    assertThat(comparison.rows().get(0).cells().get(0).accuracy().mean())
        .isCloseTo(0.375, within(1e-12));
    assertThat(Summary.significanceCaption(comparison)).contains("pooled over the seeds");
    assertThat(String.join("\n", Summary.lines(SampleFindings.with(runs, List.of()))))
        .contains("37.5 ± 26.9 (sd 17.7)")
        .contains("mean of 2 training seeds ± standard error over the problems")
        .contains("lost 0, duplicated 0");
  }

  @Test
  void shouldRefuseWhenRecipesWereExaminedOnDifferentSeeds() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Comparison.of(
                    List.of(run(Recipe.STD_COT, 1, "1", "0"), run(Recipe.EDIT, 2, "1", "0"))))
        .withMessageContaining("std-cot with seed 2");
  }

  @Test
  void shouldAlignColumnsWhenCellsDifferInLength() {
    assertThat(
            new TextTable()
                .row(List.of("recipe", "a"))
                .row(List.of("std-cot", "57.8 ± 2.9"))
                .row(List.of("edit", "6.1 ± 0.2"))
                .lines())
        .containsExactly(
            "recipe            a",
            "-------------------",
            "std-cot  57.8 ± 2.9",
            "edit      6.1 ± 0.2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TextTable().row(List.of("a")).row(List.of("a", "b")));
  }

  private static RunResult run(Recipe recipe, long seed, String in, String harder) {
    return SampleFindings.run(
        recipe,
        seed,
        SampleFindings.evaluation(recipe, seed, "families-in", in),
        SampleFindings.evaluation(recipe, seed, "families-harder", harder));
  }
}
