package dev.edit.contracts.grading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerExtractionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "Therefore, the answer is 4.|4",
        "So the answer is (B).|(B)",
        "the answer is   Yes  .|Yes  ",
        "the answer is 3.5|3.5",
        "the answer is 3.5.|3.5",
        "the answer is no..|no.",
        "the answer is A. But wait, the answer is B.|A. But wait, the answer is B",
      })
  void shouldTakeTheTextAfterTheFirstPhrase(String text, String answer) {
    assertThat(AnswerExtraction.extract(text)).contains(answer);
  }

  @Test
  void shouldStopAtTheEndOfTheLine() {
    assertThat(AnswerExtraction.extract("the answer is 7.\nthe answer is 8.")).contains("7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "I do not know.",
        "The Answer Is 4.",
        "the answer is",
        "the answer is .",
        "the answer is\n4"
      })
  void shouldFindNoAnswerWhenPhraseOrAnswerIsMissing(String text) {
    assertThat(AnswerExtraction.extract(text)).isEmpty();
  }

  @Test
  void shouldGradeByExactMatch() {
    assertThat(Grade.of("the answer is 4.", "4")).isEqualTo(Grade.RIGHT);
    assertThat(Grade.of("the answer is 4 .", "4")).isEqualTo(Grade.WRONG);
    assertThat(Grade.of("the answer is four.", "4")).isEqualTo(Grade.WRONG);
    assertThat(Grade.of("four", "4")).isEqualTo(Grade.UNANSWERED);
  }

  /** Texts of pieces that matter to the rule, in every order; the seed is the case's number. */
  @Test
  void shouldFindTheSameAnswerWhateverFollowsASettledText() {
    String[] pieces = {"the answer is", " ", "\n", "4", ".", "\r", "the ", "answer is", "is\n"};
    int settled = 0;
    for (long seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      String text = text(random, pieces);
      String longer = text + text(random, pieces);
      if (AnswerExtraction.settled(text)) {
        settled++;
        assertThat(AnswerExtraction.extract(longer))
            .as("seed %d", seed)
            .isEqualTo(AnswerExtraction.extract(text));
        assertThat(AnswerExtraction.settled(longer)).as("seed %d", seed).isTrue();
      }
    }
    assertThat(settled).isBetween(200, 1900);
  }

  private static String text(Random random, String[] pieces) {
    return random
        .ints(random.nextInt(12), 0, pieces.length)
        .mapToObj(i -> pieces[i])
        .collect(Collectors.joining());
  }
}
