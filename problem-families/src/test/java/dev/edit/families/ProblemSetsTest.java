package dev.edit.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.Problem.Split;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProblemSetsTest {
  private static final SetSizes SIZES = new SetSizes(1200, 240, 120, 60);
  private static final ProblemSets SETS = ProblemSets.generate(7, SIZES);

  @Test
  void shouldHaveTheSizesAskedFor() {
    assertThat(SETS.train()).hasSize(1200);
    assertThat(SETS.test()).hasSize(240);
    assertThat(SETS.harder()).hasSize(120);
    assertThat(SETS.unseen()).hasSize(60);
  }

  @Test
  void shouldNeverRepeatAnIdOrAQuestion() {
    assertThat(SETS.all().map(Problem::id)).doesNotHaveDuplicates();
    assertThat(SETS.all().map(Problem::question)).doesNotHaveDuplicates();
  }

  @Test
  void shouldLeaveOutTheQuestionsThatPromptsShow() {
    assertThat(SETS.all().map(Problem::question))
        .doesNotContainAnyElementsOf(WorkedExamples.questions());
  }

  @Test
  void shouldDrawTheSameSetsWhenTheSeedIsTheSame() {
    assertThat(ProblemSets.generate(7, SIZES)).isEqualTo(SETS);
    assertThat(ProblemSets.generate(8, SIZES).train()).isNotEqualTo(SETS.train());
  }

  @Test
  void shouldKeepTheTestSetsWhenTheTrainSetGrows() {
    ProblemSets larger = ProblemSets.generate(7, new SetSizes(2400, 240, 120, 60));
    assertThat(larger.test()).isEqualTo(SETS.test());
    assertThat(larger.harder()).isEqualTo(SETS.harder());
    assertThat(larger.unseen()).isEqualTo(SETS.unseen());
  }

  @Test
  void shouldNameSplitDomainAndSourceOfEachSet() {
    assertThat(SETS.train())
        .allMatch(p -> p.split() == Split.TRAIN && p.domain() == Domain.IN)
        .allMatch(p -> p.source().equals("families-in"));
    assertThat(SETS.test())
        .allMatch(p -> p.split() == Split.TEST && p.domain() == Domain.IN)
        .allMatch(p -> p.source().equals("families-in"));
    assertThat(SETS.harder())
        .allMatch(p -> p.split() == Split.TEST && p.domain() == Domain.OUT)
        .allMatch(p -> p.source().equals("families-harder"));
    assertThat(SETS.unseen())
        .allMatch(p -> p.split() == Split.TEST && p.domain() == Domain.OUT)
        .allMatch(p -> p.source().equals("families-unseen"));
    assertThat(SETS.train().get(2).id()).isEqualTo("navigate/train/00000");
  }

  @Test
  void shouldSpreadDifficultiesEvenlyWhenTrainingAndBeHarderOutOfDomain() {
    assertThat(
            SETS.train().stream()
                .collect(Collectors.groupingBy(ProblemSetsTest::difficulty, Collectors.counting())))
        .containsOnlyKeys(2, 3, 4, 5)
        .allSatisfy((difficulty, count) -> assertThat(count).isEqualTo(300));
    assertThat(SETS.harder()).allMatch(p -> List.of(6, 7).contains(difficulty(p)));
    assertThat(SETS.unseen()).allMatch(p -> List.of(2, 3, 4).contains(difficulty(p)));
  }

  @Test
  void shouldNeverTrainOnTheUnseenFamily() {
    assertThat(SETS.train()).noneMatch(p -> p.task().equals(Families.UNSEEN.name()));
    assertThat(SETS.unseen()).allMatch(p -> p.task().equals(Families.UNSEEN.name()));
  }

  @Test
  void shouldCarryTheSolversAnswer() {
    assertThat(SETS.all())
        .allMatch(p -> Families.parse(p.question()).orElseThrow().answer().equals(p.answer()));
  }

  @Test
  void shouldDrawLargeSets() {
    assertThat(ProblemSets.generate(1, new SetSizes(12_000, 1200, 600, 300)).all().count())
        .isEqualTo(14_100);
  }

  @Test
  void shouldNameTheSizeWhenItIsNegative() {
    assertThatThrownBy(() -> new SetSizes(1, -1, 1, 1))
        .hasMessage("test: expected 0 to 1000000, got -1");
  }

  private static int difficulty(Problem problem) {
    return Families.parse(problem.question()).orElseThrow().difficulty();
  }
}
