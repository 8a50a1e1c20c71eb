package dev.edit.generator.domain.dual;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerSpaceTest {
  private static final String LABELLED =
      "Which shape?\nOptions:\n(A) a circle\n(B) a line\n(C) kite";
  private static final String PLAIN = "Valid?\nOptions:\n- valid \n- invalid";

  @ParameterizedTest
  @CsvSource({
    "(A),true,false",
    "A,true,false",
    "(A) a circle,true,false",
    "(a): A circle,true,false",
    "kite,true,false",
    "(B),true,true",
    "(B) a line,true,true",
    "a line,true,true",
    "**(B)**,true,true",
    "(D),false,false",
    "(A) a line,false,false",
    "(A) or (B),false,false",
    "none of them,false,false",
    "7,false,false"
  })
  void shouldAllowTheOptionsWhenTheyHaveLabels(String answer, boolean allowed, boolean gold) {
    assertThat(AnswerSpace.of(LABELLED, "(B)").allows(answer)).isEqualTo(allowed);
    assertThat(AnswerSpace.of(LABELLED, "(B)").isGold(answer)).isEqualTo(gold);
  }

  @ParameterizedTest
  @CsvSource({"valid,true,true", "Invalid,true,false", "unclear,false,false", "(A),false,false"})
  void shouldAllowTheOptionsWhenTheyHaveNoLabels(String answer, boolean allowed, boolean gold) {
    assertThat(AnswerSpace.of(PLAIN, "valid").allows(answer)).isEqualTo(allowed);
    assertThat(AnswerSpace.of(PLAIN, "valid").isGold(answer)).isEqualTo(gold);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(C)|(D)|true|false",
        "(C)|(c)|true|true",
        "(C)|kite|false|false",
        "7|8|true|false",
        "7|-1,024.50|true|false",
        "7|7.0|true|true",
        "1,000|1000|true|true",
        "$5|5%|true|true",
        "7|seven|false|false",
        "7|7 apples|false|false",
        "Yes|no|true|false",
        "Yes|YES|true|true",
        "Yes|maybe|false|false",
        "True|False|true|false",
        "True|No|false|false",
        "] )|} )|true|false",
        "] )|])|true|true",
        "] )|empty|true|false",
        "] )|5|false|false",
        "red blue|blue red|true|false",
        "red blue|Red  blue|true|true",
        "red blue|'red blue'|true|true"
      })
  void shouldAllowTheSameShapeWhenThereAreNoOptions(
      String goldAnswer, String answer, boolean allowed, boolean gold) {
    AnswerSpace space = AnswerSpace.of("What is it?", goldAnswer);
    assertThat(space.allows(answer)).isEqualTo(allowed);
    assertThat(space.isGold(answer)).isEqualTo(gold);
  }

  @Test
  void shouldGoByShapeWhenTheGoldAnswerIsNoneOfTheLines() {
    String steps = "Follow:\n(1) take 2 steps\n(2) turn\nWhere are you?";
    assertThat(AnswerSpace.of(steps, "14").allows("15")).isTrue();
    assertThat(AnswerSpace.of("Pick.\n- a\n- b", "b").allows("c")).isTrue();
  }

  @Test
  void shouldNameWhatItExpects() {
    assertThat(AnswerSpace.of(LABELLED, "(B)").expected())
        .isEqualTo("one of the options (A), (B), (C)");
    assertThat(AnswerSpace.of(PLAIN, "valid").expected())
        .isEqualTo("one of the options [invalid, valid]");
    assertThat(AnswerSpace.of("1 + 1", "2").expected())
        .isEqualTo("an answer of the same shape as '2'");
  }
}
