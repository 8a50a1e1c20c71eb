package dev.edit.contracts.grading;

import static org.assertj.core.api.Assertions.assertThat;

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
}
