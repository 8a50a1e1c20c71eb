package dev.edit.simulatedteacher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromptTest {
  private static final String EXAMPLES =
      """
      Work out a sum.
      Your response should conclude with the format "Therefore, the answer is".

      Q: What is 1 + 1?
      A: Let's think step by step.
      First 1 + 1 = 2.
      Therefore, the answer is 2.

      """;

  @Test
  void shouldReadTheLastQuestionWhenExamplesStandBeforeIt() {
    Prompt prompt = Prompt.read(EXAMPLES + "Q: What is 3 + 4?\nA: Let's think step by step.");
    assertThat(prompt)
        .isEqualTo(
            new Prompt(
                PromptKind.CEP,
                "What is 3 + 4?",
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void shouldReadTheHintWhenTheLastQuestionHasOne() {
    Prompt prompt =
        Prompt.read(
            EXAMPLES.replace("\nA:", "\nH: The correct answer is 2.\nA:")
                + "Q: Close the brackets: ( [.\nH: The correct answer is ] ).\nA: Let's think step"
                + " by step.\n");
    assertThat(prompt.kind()).isEqualTo(PromptKind.AHP);
    assertThat(prompt.question()).isEqualTo("Close the brackets: ( [.");
    assertThat(prompt.hint()).contains("] )");
  }

  @Test
  void shouldTakeHintsOfExamplesForNoneOfTheQuestion() {
    Prompt prompt =
        Prompt.read(
            EXAMPLES.replace("\nA:", "\nH: The correct answer is 2.\nA:") + "Q: What is 3 + 4?");
    assertThat(prompt.kind()).isEqualTo(PromptKind.CEP);
    assertThat(prompt.hint()).isEmpty();
  }

  @Test
  void shouldReadTheRightResponseWhenTheWrongOneIsOpen() {
    String pair = "\n\nRight Response: First.\nEnd.\n\nWrong Response:";
    Prompt prompt =
        Prompt.read("Question Description: x\n\nQ: a?" + pair + " no.\n\nQ: b?\n" + pair);
    assertThat(prompt)
        .isEqualTo(
            new Prompt(
                PromptKind.CCP,
                "b?",
                Optional.empty(),
                Optional.of("First.\nEnd."),
                Optional.empty()));
  }

  @Test
  void shouldReadTheWordQuestionAndCarriageReturns() {
    Prompt prompt = Prompt.read("Question: a?\r\nRight Response: r\r\nWrong Response: \r\n");
    assertThat(prompt)
        .isEqualTo(
            new Prompt(PromptKind.CCP, "a?", Optional.empty(), Optional.of("r"), Optional.empty()));
  }

  @Test
  void shouldTakeTheWholeTextForTheQuestionWhenNoLineSaysQ() {
    assertThat(Prompt.read(" What is 3 + 4? \n").question()).isEqualTo("What is 3 + 4?");
    assertThat(Prompt.read("").question()).isEmpty();
  }

  @Test
  void shouldLackTheRightResponseWhenItStandsAfterTheWrongOne() {
    Prompt prompt = Prompt.read("Q: a?\nWrong Response: w\nRight Response: r");
    assertThat(prompt.kind()).isEqualTo(PromptKind.CCP);
    assertThat(prompt.right()).isEmpty();
  }

  @Test
  void shouldReadTheWrongResponseWhenItsRationaleIsOpen() {
    Prompt prompt =
        Prompt.read(
            EXAMPLES
                + "Q: a?\nH: The correct answer is 4.\n\nWrong Response: First.\nEnd.\n\nRationale:");
    assertThat(prompt)
        .isEqualTo(
            new Prompt(
                PromptKind.MISTAKE,
                "a?",
                Optional.empty(),
                Optional.empty(),
                Optional.of("First.\nEnd.")));
  }
}
