package dev.edit.evaluator.domain.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Evaluation.Score;
import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.evaluator.domain.console.RunComparison.Benchmark;
import dev.edit.evaluator.domain.console.RunComparison.Difference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunComparisonTest {
  @Test
  void shouldAverageByProblemAndByTaskWhenTasksDifferInSize() {
    Map<String, Score> tasks = Map.of("big", Score.of(3, 3, 0), "small", Score.of(0, 1, 1));

    RunComparison.Table table =
        RunComparison.table(
            List.of(
                evaluation("r2", "out", Domain.OUT, "1110", tasks),
                evaluation("r1", "in", Domain.IN, "1110", tasks)));

    assertThat(table.benchmarks())
        .containsExactly(new Benchmark("in", Domain.IN), new Benchmark("out", Domain.OUT));
    RunComparison.Cell cell = table.rows().get(0).cells().get("in");
    assertThat(cell.accuracy()).isEqualTo(0.75);
    assertThat(cell.macro()).isEqualTo(0.5);
    assertThat(cell.low()).isLessThan(0.75);
    assertThat(cell.high()).isGreaterThan(0.75);
  }

  @Test
  void shouldTestThePairedOutcomesWhenBothWereAskedTheSame() {
    List<Difference> differences =
        RunComparison.differences(
            List.of(
                evaluation("a", "in", Domain.IN, "1111111100", Map.of()),
                evaluation("b", "in", Domain.IN, "0000000010", Map.of())),
            "a",
            "b");

    assertThat(differences).hasSize(1);
    Difference difference = differences.get(0);
    assertThat(difference.difference()).isCloseTo(0.7, within(1e-12));
    assertThat(difference.firstOnly()).isEqualTo(8);
    assertThat(difference.secondOnly()).isOne();
    // 2 P(X <= 1), X binomial(9, 1/2): 2 (1 + 9) / 512.
    assertThat(difference.pValue()).isCloseTo(20.0 / 512, within(1e-12));
    assertThat(difference.adjusted()).isEqualTo(difference.pValue());
  }

  @Test
  void shouldKeepAVoteApartFromTheGreedyFigures() {
    Evaluation greedy = evaluation("a", "in", Domain.IN, "1100", Map.of());
    Evaluation vote =
        new Evaluation(
            "a",
            Recipe.EDIT,
            1,
            "c",
            "in",
            Domain.IN,
            Score.of(3, 4, 0, 2),
            Map.of(),
            "1110",
            "problems",
            Map.of("decoding", "self-consistency"),
            null);

    RunComparison.Table table = RunComparison.table(List.of(vote, greedy));

    assertThat(table.benchmarks())
        .containsExactly(
            new Benchmark("in", Domain.IN), new Benchmark("in (self-consistency)", Domain.IN));
    Map<String, RunComparison.Cell> cells = table.rows().get(0).cells();
    assertThat(cells.get("in").accuracy()).isEqualTo(0.5);
    assertThat(cells.get("in").truncated()).isNull();
    assertThat(cells.get("in (self-consistency)").truncated()).isEqualTo(2);
  }

  @Test
  void shouldLeaveABenchmarkOutWhenTheProblemsDiffer() {
    Evaluation one = evaluation("a", "in", Domain.IN, "10", Map.of());
    Evaluation other =
        new Evaluation(
            "b",
            Recipe.EDIT,
            1,
            "c",
            "in",
            Domain.IN,
            Score.of(1, 2, 0),
            Map.of(),
            "01",
            "other problems",
            Map.of(),
            null);

    assertThat(RunComparison.differences(List.of(one, other), "a", "b")).isEmpty();
  }

  private static Evaluation evaluation(
      String run, String benchmark, Domain domain, String outcomes, Map<String, Score> tasks) {
    int right = (int) outcomes.chars().filter(c -> c == '1').count();
    return new Evaluation(
        run,
        Recipe.EDIT,
        1,
        "c",
        benchmark,
        domain,
        Score.of(right, outcomes.length(), 0),
        tasks,
        outcomes,
        "problems",
        Map.of(),
        null);
  }
}
