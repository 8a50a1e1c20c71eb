package dev.edit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.edit.contracts.Evaluation.Score;
import dev.edit.contracts.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupMeansTest {
  @Test
  void shouldCountProblemsOrTasksWhenTasksDifferInSize() {
    Evaluation evaluation =
        evaluation(
            "in", Score.of(3, 4, 1), Map.of("big", Score.of(3, 3, 0), "small", Score.of(0, 1, 1)));

    assertThat(GroupMeans.micro(evaluation)).isEqualTo(0.75);
    assertThat(GroupMeans.macro(evaluation)).isEqualTo(0.5);
  }

  @Test
  void shouldBeZeroWhenThereIsNothingToAverage() {
    assertThat(GroupMeans.macro(evaluation("in", Score.of(0, 0, 0), Map.of()))).isZero();
    assertThat(GroupMeans.average(List.of())).isZero();
  }

  /**
   * Rows of the paper's main table: BBH-test, BB-sub, AGIEval, ARC-E, ARC-C and their average. Its
   * figures are rounded, so theirs and ours differ by a tenth at most.
   */
  @ParameterizedTest
  @CsvSource({
    "MT-CoT, 56.8, 30.3, 22.0, 49.4, 38.2, 39.3",
    "SCOTT, 42.4, 18.8, 13.0, 45.7, 34.1, 30.8",
    "Std-CoT, 54.2, 28.7, 21.6, 59.6, 45.1, 41.8",
    "SBS, 42.4, 27.7, 28.8, 68.5, 48.6, 43.2",
    "EDIT, 60.9, 31.1, 25.9, 64.1, 50.5, 46.5"
  })
  void shouldGiveTheLastColumnOfThePaperWhenBenchmarksAreAveraged(
      String recipe, double bbh, double bb, double agi, double easy, double hard, double average) {
    List<Evaluation> evaluations = new ArrayList<>();
    double[] columns = {bbh, bb, agi, easy, hard};
    for (int i = 0; i < columns.length; i++) {
      // Benchmarks differ in size, which must not matter.
      int n = 1_000 * (i + 1);
      int right = (int) Math.round(columns[i] / 100 * n);
      evaluations.add(evaluation("b" + i, Score.of(right, n, 0), Map.of()));
    }

    assertThat(100 * GroupMeans.average(evaluations)).as(recipe).isCloseTo(average, within(0.1));
  }

  private static Evaluation evaluation(String benchmark, Score overall, Map<String, Score> tasks) {
    return new Evaluation(
        "run",
        Recipe.EDIT,
        1,
        "c",
        benchmark,
        Problem.Domain.IN,
        overall,
        tasks,
        "0".repeat(overall.n()),
        "problems",
        Map.of(),
        null);
  }
}
