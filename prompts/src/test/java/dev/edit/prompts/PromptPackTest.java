package dev.edit.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptPackTest {
  private static final String CANARY = "NEVER TRAIN ON THIS. canary GUID 0\n-----\n";
  private static final String WORKED =
      """
      Turn and walk.

      Q: Where to?
      Options:
      - Yes
      - No
      A: Let's think step by step.
      First this.

      Then that. So the answer is No.
      """;

  @Test
  void shouldLeaveTheCanaryOutWhenTheFileHasOne() {
    assertThat(task(Map.of("cot-prompts/walk.txt", CANARY + WORKED)))
        .isEqualTo(task(Map.of("cot-prompts/walk.txt", WORKED)))
        .isEqualTo(
            new TaskPrompts(
                "Turn and walk.",
                List.of(
                    new Example(
                        "Where to?\nOptions:\n- Yes\n- No",
                        "No",
                        "First this.\n\nThen that. Therefore, the answer is No.")),
                List.of()));
  }

  @Test
  void shouldReadTheSameWhenLinesEndInCarriageReturns() {
    assertThat(task(Map.of("cot-prompts/walk.txt", (CANARY + WORKED).replace("\n", "\r\n"))))
        .isEqualTo(task(Map.of("cot-prompts/walk.txt", WORKED)));
  }

  @Test
  void shouldTakeHintedExamplesAndSeedPairsWhenThereAreSome() {
    TaskPrompts task =
        task(
            Map.of(
                "cot-prompts/walk.txt", WORKED,
                "cot-ahp/walk.txt",
                    """
                    Turn.

                    Q: Back?
                    H: The correct answer is Yes.
                    A: Let's think step by step.
                    Round. Therefore, the answer is Yes.

                    Q: {QUESTION}
                    H: The correct answer is {CORRECT}.
                    A: Let's think step by step.""",
                "cot-ccp/walk.txt",
                    """
                    Turn.

                    Q: Back?

                    Right Response: Round. Therefore, the answer is Yes.

                    Wrong Response: Off. Therefore, the answer is No.


                    Q: {QUESTION}
                    Right Response: {RIGHT}
                    Wrong Response: {WRONG}"""));
    assertThat(task.examples())
        .containsExactly(new Example("Back?", "Yes", "Round. Therefore, the answer is Yes."));
    assertThat(task.seeds())
        .containsExactly(
            new Exemplar(
                "Back?",
                "Round. Therefore, the answer is Yes.",
                "Off. Therefore, the answer is No."));
  }

  @Test
  void shouldHoldNothingWhenTheTaskIsUnknown() {
    assertThat(new PromptPack(path -> Optional.empty()).task("walk")).isEmpty();
  }

  @Test
  void shouldReadTheSameWhenTheFileStartsWithAByteOrderMark() {
    assertThat(task(Map.of("cot-prompts/walk.txt", "\uFEFF" + CANARY + WORKED)))
        .isEqualTo(task(Map.of("cot-prompts/walk.txt", WORKED)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "Q: Back?;A: Yes.#1: expected the task's description before 'Q: '",
        "Turn.#1: expected at least one example that starts with 'Q: '",
        "Turn.;;Q: Back?;Yes.#3: expected a line 'A: Let's think step by step.' after this question",
        "Turn.;;Q: ;A: So the answer is No.#3: expected a question after 'Q: '",
        "Turn.;;Q: Back?;A: Round.#4: expected a rationale with 'the answer is'",
        "Turn.;;Q: Back?;H: The correct answer is Yes.;A: So the answer is No.#5: expected a"
            + " rationale that ends in the hinted answer 'Yes', but it ends in 'No'"
      })
  void shouldNameFileAndLineWhenAWorkedExampleIsNotOfTheLayout(String text, String message) {
    for (String canary : List.of("", CANARY)) {
      String lines = text.replace(';', '\n');
      int line = Integer.parseInt(message.substring(0, 1));
      // What concerns the whole file is reported for its first line.
      String expected = line == 1 || canary.isEmpty() ? message : (line + 2) + message.substring(1);
      assertThatThrownBy(() -> task(Map.of("cot-prompts/walk.txt", canary + lines)))
          .isInstanceOf(PromptPackException.class)
          .hasMessage("cot-prompts/walk.txt:" + expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "Right Response: the answer is Yes.#3: expected a line 'Wrong Response:' after this question",
        "Wrong Response: the answer is Yes.#3: expected a line 'Right Response:' after this question",
        "Right Response: Yes.;Wrong Response: the answer is No.#4: expected a Right Response with"
            + " 'the answer is'",
        "Right Response: the answer is Yes.;Wrong Response: No.#5: expected a Wrong Response with"
            + " 'the answer is'",
        "Right Response: the answer is Yes.;Wrong Response: the answer is Yes.#5: expected a Wrong"
            + " Response that does not end in 'Yes'"
      })
  void shouldNameFileAndLineWhenAPairIsNotOfTheLayout(String responses, String message) {
    String text = "Turn.\n\nQ: Back?\n" + responses.replace(';', '\n') + "\n";
    assertThatThrownBy(() -> task(Map.of("cot-prompts/walk.txt", WORKED, "cot-ccp/walk.txt", text)))
        .isInstanceOf(PromptPackException.class)
        .hasMessage("cot-ccp/walk.txt:" + message);
  }

  private static TaskPrompts task(Map<String, String> files) {
    return new PromptPack(path -> Optional.ofNullable(files.get(path))).task("walk").orElseThrow();
  }
}
