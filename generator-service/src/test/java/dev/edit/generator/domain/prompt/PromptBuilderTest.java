package dev.edit.generator.domain.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.generator.domain.teacher.ChatMessage;
import dev.edit.prompts.Example;
import dev.edit.prompts.Exemplar;
import dev.edit.prompts.PromptPackException;
import dev.edit.prompts.PromptSource;
import dev.edit.prompts.TaskPrompts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromptBuilderTest {
  private static final PromptSource BUILT_IN = PromptSource.resources("prompt-packs/built-in");
  private static final PromptBuilder PROMPTS =
      new PromptBuilder(path -> Optional.empty(), BUILT_IN);
  private static final TaskPrompts TASK =
      new TaskPrompts(
          "Add numbers.",
          List.of(
              new Example("1 + 1", "2", "One, one. Therefore, the answer is 2."),
              new Example("2 + 2", "4", "Two, two. Therefore, the answer is 4.")),
          List.of());

  @Test
  void shouldEndInTheOpenQuestionWhenAskingForAChainOfThought() {
    assertThat(text(PROMPTS.cep(TASK, "3 + 4")))
        .startsWith("Add numbers.\n")
        .contains("conclude with the format \"Therefore, the answer is\"")
        .endsWith(
            """
            Q: 1 + 1
            A: Let's think step by step.
            One, one. Therefore, the answer is 2.

            Q: 2 + 2
            A: Let's think step by step.
            Two, two. Therefore, the answer is 4.

            Q: 3 + 4
            A: Let's think step by step.""");
  }

  @Test
  void shouldHintEveryAnswerWhenAskingForARectifiedOne() {
    assertThat(text(PROMPTS.ahp(TASK, "3 + 4", "7")))
        .containsSubsequence(
            "Q: 1 + 1\nH: The correct answer is 2.\nA: Let's think step by step.\nOne",
            "Q: 2 + 2\nH: The correct answer is 4.\nA:",
            "Q: 3 + 4\nH: The correct answer is 7.\nA: Let's think step by step.");
  }

  @Test
  void shouldLeaveTheWrongResponseOpenWhenAskingForACorruptedOne() {
    assertThat(text(PROMPTS.ccp(TASK, List.of(new Exemplar("5 + 5", "ten", "nine")), "3 + 4", "R")))
        .startsWith("Question Description: Add numbers.\n")
        .endsWith(
            """
            Q: 5 + 5

            Right Response: ten

            Wrong Response: nine

            Q: 3 + 4

            Right Response: R

            Wrong Response:""");
  }

  @Test
  void shouldLeaveBracesAloneWhenAQuestionHoldsThem() {
    String odd = "{answer} $1 \\ {question} { [ {";
    assertThat(text(PROMPTS.cep(TASK, odd))).contains("Q: " + odd + "\nA:");
  }

  @Test
  void shouldUseThePacksOwnTemplateWhenItHasOne() {
    assertThat(text(template("Ask: {question}").cep(TASK, "3 + 4"))).isEqualTo("Ask: 3 + 4");
  }

  @Test
  void shouldNameTheLineWhenTheUnknownPlaceIsFurtherDown() {
    assertThatThrownBy(() -> template("Think.\n{question}\nOf {gold}"))
        .isInstanceOf(PromptPackException.class)
        .hasMessage(
            "templates/cep.txt:3: unknown place {gold}; expected one of"
                + " [description, examples, question]");
  }

  @Test
  void shouldNameTheFileWhenATemplateDoesNotAskTheQuestion() {
    assertThatThrownBy(() -> template("{description}"))
        .isInstanceOf(PromptPackException.class)
        .hasMessage("templates/cep.txt: expected a place {question}");
  }

  private static PromptBuilder template(String cep) {
    return new PromptBuilder(
        path -> path.equals("templates/cep.txt") ? Optional.of(cep) : Optional.empty(), BUILT_IN);
  }

  private static String text(List<ChatMessage> messages) {
    assertThat(messages).hasSize(1);
    return messages.get(0).content();
  }
}
