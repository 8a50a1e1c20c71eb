package dev.edit.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.cli.judge.Judge.Judged;
import dev.edit.cli.judge.Verdict.None;
import dev.edit.cli.judge.Verdict.Reason;
import dev.edit.cli.judge.Verdict.Scored;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeFiguresTest {
  @Test
  void shouldAverageOverScoredProblemsAlone() {
    JudgeFigures figures =
        JudgeFigures.of(
            List.of(
                scored(8, 3),
                none(Reason.REFUSED),
                scored(6, 3),
                none(Reason.UNPARSABLE),
                none(Reason.UNPARSABLE)));

    assertThat(figures.problems()).isEqualTo(5);
    assertThat(figures.scored()).isEqualTo(2);
    assertThat(figures.without())
        .isEqualTo(Map.of(Reason.REFUSED, 1, Reason.TRUNCATED, 0, Reason.UNPARSABLE, 2));
    assertThat(figures.students().get("a").n()).isEqualTo(2);
    assertThat(figures.students().get("a").mean()).isEqualTo(7);
    assertThat(figures.students().get("b").low()).isEqualTo(3);
    assertThat(figures.differences()).hasSize(1);
    assertThat(figures.differences().get(0).interval().mean()).isEqualTo(4);
    assertThat(figures.differences().get(0).interval().high()).isEqualTo(5);
  }

  @Test
  void shouldHaveNoMeansWhenNothingWasScored() {
    JudgeFigures figures = JudgeFigures.of(List.of(none(Reason.TRUNCATED)));

    assertThat(figures.students()).isEmpty();
    assertThat(figures.differences()).isEmpty();
    assertThat(figures.scored()).isZero();
  }

  private static Judged scored(int a, int b) {
    return new Judged("p", List.of("a", "b"), "", new Scored(Map.of("a", a, "b", b)));
  }

  private static Judged none(Reason reason) {
    return new Judged("p", List.of("a", "b"), "", new None(reason, "why"));
  }
}
