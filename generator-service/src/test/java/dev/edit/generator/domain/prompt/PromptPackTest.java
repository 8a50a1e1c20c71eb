package dev.edit.generator.domain.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
                java.util.List.of(
                    new Example(
                        "Where to?\nOptions:\n- Yes\n- No",
                        "No",
                        "First this.\n\nThen that. Therefore, the answer is No.")),
                java.util.List.of()));
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
  void shouldNameFileAndExampleWhenAMarkerIsMissing() {
    assertThatThrownBy(
            () ->
                task(
                    Map.of(
                        "cot-prompts/walk.txt",
                        WORKED,
                        "cot-ccp/walk.txt",
                        "Turn.\n\nQ: Back?\nRight Response: Yes\n")))
        .isInstanceOf(PromptPackException.class)
        .hasMessage("cot-ccp/walk.txt: example 1: expected a line 'Wrong Response:'");
  }

  @Test
  void shouldNameTheFileWhenItHasNoDescription() {
    assertThatThrownBy(() -> task(Map.of("cot-prompts/walk.txt", WORKED.substring(16))))
        .hasMessageContaining("cot-prompts/walk.txt: expected the task's description");
  }

  private static TaskPrompts task(Map<String, String> files) {
    return new PromptPack(path -> Optional.ofNullable(files.get(path))).task("walk").orElseThrow();
  }
}
