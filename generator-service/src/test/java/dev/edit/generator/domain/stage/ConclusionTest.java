package dev.edit.generator.domain.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConclusionTest {

  @Test
  void shouldFindTheAnswerWhenTheTextConcludes() {
    assertThat(Conclusion.read(" One.\r\nTherefore, the answer is (B). \n"))
        .isEqualTo(
            new Reading.Found<>(new Conclusion("One.\nTherefore, the answer is (B).", "(B)")));
  }

  @Test
  void shouldAcceptTwoSentencesWhenTheyAgree() {
    assertThat(Conclusion.read("the answer is 4.\nTherefore, the answer is 4."))
        .isInstanceOf(Reading.Found.class);
  }

  @ParameterizedTest
  @CsvSource({
    "I think it is four.,TEACHER_NO_ANSWER",
    "Therefore the answer is,TEACHER_NO_ANSWER",
    "<html><body>502</body></html>,TEACHER_NO_ANSWER",
    "the answer is 4.|Therefore the answer is 5.,TEACHER_TWO_ANSWERS",
    "nul ~ therefore the answer is 5.,TEACHER_CONTROL_CHARACTERS",
    "Therefore the answer is 5~.,TEACHER_CONTROL_CHARACTERS"
  })
  void shouldNameTheReasonWhenNothingMayBeTrainedOn(String text, Reason reason) {
    Reading<Conclusion> reading = Conclusion.read(text.replace('|', '\n').replace('~', '\0'));
    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Missing.class, missing -> assertThat(missing.reason()).isEqualTo(reason));
  }
}
