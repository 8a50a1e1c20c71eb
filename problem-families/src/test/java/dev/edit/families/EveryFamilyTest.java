package dev.edit.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.grading.AnswerExtraction;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every family, on many random puzzles; a failure names the seed. */
class EveryFamilyTest {
  private static final int CASES = 600;

  static Stream<Family> families() {
    return Families.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("families")
  void shouldParseItsOwnQuestionsBackWhenGenerated(Family family) {
    each(
        family,
        (puzzle, seed) -> {
          assertThat(family.parse(puzzle.question())).as(at(family, seed)).contains(puzzle);
          assertThat(Families.parse(puzzle.question())).as(at(family, seed)).contains(puzzle);
        });
  }

  @ParameterizedTest
  @MethodSource("families")
  void shouldRefuseOtherTextWhenParsing(Family family) {
    each(
        family,
        (puzzle, seed) -> {
          String question = puzzle.question();
          for (String other :
              List.of("", question + " ", " " + question, question + "\n", question + question)) {
            assertThat(family.parse(other)).as(at(family, seed)).isEmpty();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("families")
  void shouldConcludeWithTheGoldAnswerWhenSolved(Family family) {
    each(
        family,
        (puzzle, seed) -> {
          Solution solution = puzzle.solve();
          assertThat(solution.slip()).as(at(family, seed)).isEmpty();
          assertThat(AnswerExtraction.extract(solution.text()))
              .as(at(family, seed))
              .contains(puzzle.answer());
          assertThat(solution.text().lines().reduce((first, last) -> last))
              .as(at(family, seed))
              .contains("Therefore, the answer is " + puzzle.answer() + ".");
        });
  }

  @ParameterizedTest
  @MethodSource("families")
  void shouldHaveTheDifficultyAskedForWhenGenerated(Family family) {
    for (int difficulty = 1; difficulty <= family.hardest(); difficulty++) {
      assertThat(family.generate(new Random(difficulty), difficulty).difficulty())
          .isEqualTo(difficulty);
    }
    assertThatThrownBy(() -> family.generate(new Random(1), 0))
        .hasMessageContaining("difficulty: expected 1 to " + family.hardest() + ", got 0");
  }

  @ParameterizedTest
  @MethodSource("families")
  void shouldKeepThePathUpToTheMistakeAndEndElsewhereWhenMistaken(Family family) {
    each(
        family,
        (puzzle, seed) -> {
          Solution right = puzzle.solve();
          assertThat(puzzle.mistakes()).as(at(family, seed)).isNotEmpty();
          for (Mistake mistake : puzzle.mistakes()) {
            Solution wrong =
                puzzle
                    .solveWithMistake(mistake.step(), mistake.kind(), new Random(seed))
                    .orElseThrow();
            assertThat(wrong.slip()).as(at(family, seed)).contains(mistake);
            assertThat(wrong.answer()).as(at(family, seed)).isNotEqualTo(puzzle.answer());
            assertThat(AnswerExtraction.extract(wrong.text()))
                .as(at(family, seed))
                .contains(wrong.answer());
            assertThat(wrong.steps()).as(at(family, seed)).hasSameSizeAs(right.steps());
            assertThat(wrong.steps().subList(0, mistake.step()))
                .as(at(family, seed))
                .isEqualTo(right.steps().subList(0, mistake.step()));
            assertThat(wrong.steps().get(mistake.step()))
                .as(at(family, seed))
                .isNotEqualTo(right.steps().get(mistake.step()));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("families")
  void shouldFindTheMistakeAgainWhenGivenTheText(Family family) {
    each(
        family,
        (puzzle, seed) -> {
          assertThat(puzzle.diagnose(puzzle.solve().text())).as(at(family, seed)).isEmpty();
          for (Mistake mistake : puzzle.mistakes()) {
            Solution wrong =
                puzzle
                    .solveWithMistake(mistake.step(), mistake.kind(), new Random(seed))
                    .orElseThrow();
            assertThat(puzzle.diagnose(wrong.text())).as(at(family, seed)).contains(mistake);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("families")
  void shouldGiveTheSamePuzzleWhenTheSeedIsTheSame(Family family) {
    each(
        family,
        (puzzle, seed) ->
            assertThat(family.generate(new Random(seed), puzzle.difficulty()))
                .as(at(family, seed))
                .isEqualTo(puzzle)
                .hasSameHashCodeAs(puzzle));
  }

  @ParameterizedTest
  @MethodSource("families")
  void shouldUseVocabularyWordsAndSmallNumbersOnly(Family family) {
    Set<String> vocabulary = VocabularyTextsTest.vocabulary();
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(-1L - seed);
      Puzzle puzzle = family.generate(random, 1 + seed % family.hardest());
      Set<String> pieces = new HashSet<>(VocabularyTexts.pieces(puzzle.question() + "\n"));
      pieces.addAll(VocabularyTexts.pieces(puzzle.solve().text()));
      for (Mistake mistake : puzzle.mistakes()) {
        Solution wrong =
            puzzle.solveWithMistake(mistake.step(), mistake.kind(), random).orElseThrow();
        pieces.addAll(VocabularyTexts.pieces(wrong.text()));
      }
      assertThat(vocabulary).as(at(family, -1L - seed)).containsAll(pieces);
    }
  }

  private static void each(Family family, Check check) {
    for (long seed = 0; seed < CASES; seed++) {
      int difficulty = 1 + (int) (seed % family.hardest());
      check.on(family.generate(new Random(seed), difficulty), seed);
    }
  }

  private static String at(Family family, long seed) {
    return family.name() + ", seed " + seed;
  }

  private interface Check {
    void on(Puzzle puzzle, long seed);
  }
}
