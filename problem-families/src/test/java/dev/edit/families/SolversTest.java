package dev.edit.families;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The solvers against answers worked out by hand. */
class SolversTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "What is 3 + 4 - 2?|5",
        "I have 2 apples, 4 cats, 3 plums and 5 harps. How many fruits do I have?|5",
        "You start at 8 facing right, take 3 steps, turn around, take 5 steps. Where are you?|6",
        "Today is Saturday. Go 3 days forward, 1 week back, 5 days back. What day is it?|Thursday",
        "First Ann has red, Bob has blue, Cal has green. Then Bob and Ann swap."
            + " Then Cal and Ann swap. Who has blue?|Cal",
        "Close the brackets: ( [ ] { <.|> } )",
        "Today Ann is 5. Bob is Ann + 3. Cal is Bob - 2. What is Cal?|6",
      })
  void shouldAnswerAsWorkedOutByHand(String question, String answer) {
    assertThat(Families.parse(question).orElseThrow().answer()).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "What is 3 - 4 + 2?",
        "What is 18 + 4?",
        "What is 07 + 4?",
        "I have 2 apples, 4 gods. How many fruits do I have?",
        "You start at 1 facing left, take 3 steps. Where are you?",
        "Today is Caturday. Go 3 days forward. What day is it?",
        "First Ann has red, Ann has blue, Cal has green. Then Cal and Ann swap. Who has blue?",
        "First Ann has red, Bob has blue, Cal has green. Then Dan and Ann swap. Who has blue?",
        "Close the brackets: ( ] {.",
        "Today Ann is 5. Bob is Cal + 3. Cal is Bob - 2. What is Cal?",
      })
  void shouldNotRecogniseWhatItCannotSolve(String question) {
    assertThat(Families.parse(question)).isEmpty();
  }

  @Test
  void shouldFollowAMistakeTruthfully() {
    Puzzle puzzle = Families.parse("What is 3 + 4 - 2?").orElseThrow();
    Solution wrong =
        puzzle.solveWithMistake(0, MistakeKind.CALCULATION, new Random(1)).orElseThrow();
    int first = Integer.parseInt(wrong.steps().get(0).replaceAll(".*= |\\.", ""));
    assertThat(first).isNotEqualTo(7);
    assertThat(wrong.steps().get(1)).endsWith(" " + first + " - 2 = " + (first - 2) + ".");
    assertThat(wrong.answer()).isEqualTo(String.valueOf(first - 2));
  }

  @Test
  void shouldReportThatAMistakeIsImpossible() {
    Puzzle puzzle = Families.parse("What is 3 + 4 - 2?").orElseThrow();
    assertThat(puzzle.solveWithMistake(0, MistakeKind.KNOWLEDGE, new Random(1))).isEmpty();
  }
}
