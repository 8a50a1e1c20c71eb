package dev.edit.evaluator.domain.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.Problem;
import dev.edit.contracts.StudentPrompt;
import dev.edit.evaluator.domain.Benchmark;
import dev.edit.evaluator.domain.Samples;
import dev.edit.prompts.PromptPack;
import dev.edit.prompts.PromptPackException;
import dev.edit.prompts.PromptSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptFilesTest {
  private static final Problem CHOICE =
      problem("arc", "Question: What melts?\nOptions:\n(A) Ice\n(B) Stone");
  private static final Map<String, String> PACK =
      Map.of(
          "cot-prompts/sums.txt",
          """
          Add numbers.

          Q: 3 + 4
          A: Let's think step by step.
          Four after three. So the answer is 7.

          Q: 1 + 1
          A: Let's think step by step.
          One after one. So the answer is 2.
          """);

  /** A student is asked as it was trained, whatever the benchmark, unless a file says otherwise. */
  @ParameterizedTest
  @ValueSource(
      strings = {"bbh", "bigbench", "agieval", "arc-easy", "arc-challenge", "gsm8k", "families-in"})
  void shouldAskAsStudentsAreTrainedWhenThereIsNoFileOfOnesOwn(String benchmark) {
    BenchmarkPrompt prompt = Samples.prompts().of(benchmark);

    for (Problem problem : List.of(CHOICE, problem("sums", "1 + 2?"))) {
      assertThat(prompt.render("", problem)).isEqualTo(StudentPrompt.render(problem.question()));
      assertThat(prompt.render("[x] ", problem))
          .isEqualTo(StudentPrompt.render("[x] " + problem.question()));
    }
  }

  @Test
  void shouldPutChoicesAsTheFileSaysWhenItNamesThem() {
    PromptFiles files = files(Map.of("arc-easy.txt", "{choices}\n--\n{stem}\n"), 0);

    assertThat(files.of("arc-easy").render("", CHOICE))
        .isEqualTo("\nOptions:\n(A) Ice\n(B) Stone\n--\nQuestion: What melts?\n");
    assertThat(files.of("arc-easy").render("", problem("arc", "Why?"))).isEqualTo("\n--\nWhy?\n");
    assertThat(files.of("gsm8k").render("", CHOICE)).isEqualTo(CHOICE.question() + "\n");
  }

  @Test
  void shouldKeepBracesWhenAQuestionHasThem() {
    assertThat(Samples.prompts().of("bbh").render("", problem("sums", "{question} {stem}")))
        .isEqualTo("{question} {stem}\n");
  }

  @Test
  void shouldPutWorkedExamplesFirstWhenShotsAreWanted() {
    BenchmarkPrompt prompt = files(Map.of(), 1).of("bbh");

    assertThat(prompt.render("", problem("sums", "5 + 6?")))
        .isEqualTo(
            """
            Add numbers.

            Q: 3 + 4
            A: Let's think step by step.
            Four after three. Therefore, the answer is 7.

            Q: 5 + 6?
            A: Let's think step by step.
            """);
  }

  @Test
  void shouldNameTheFileWhenATaskHasTooFewExamples() {
    BenchmarkPrompt prompt = files(Map.of(), 3).of("bbh");

    assertThatThrownBy(() -> prompt.render("", problem("sums", "5 + 6?")))
        .isInstanceOf(PromptPackException.class)
        .hasMessage("cot-prompts/sums.txt: expected at least 3 worked examples, got 2");
    assertThatThrownBy(() -> prompt.render("", problem("songs", "La?")))
        .hasMessage("cot-prompts/songs.txt: expected this file, for 3 worked examples");
  }

  @ParameterizedTest
  @ValueSource(strings = {"answer", "examples", "Question", "my_place", "QUESTION"})
  void shouldNameThePlaceWhenItIsUnknown(String place) {
    assertThatThrownBy(() -> files(Map.of("default.txt", "{question}\n{" + place + "}\n"), 0))
        .isInstanceOf(PromptPackException.class)
        .hasMessage(
            "default.txt:2: unknown place {"
                + place
                + "}; expected one of [choices, question, stem]");
  }

  @Test
  void shouldNameThePlaceWhenTheQuestionIsMissing() {
    assertThatThrownBy(() -> files(Map.of("bbh.txt", "Think!\n"), 0).of("bbh"))
        .hasMessage("bbh.txt: expected a place {question}");
  }

  @Test
  void shouldChangeTheDigestWhenAnythingOfThePromptChanges() {
    Benchmark benchmark =
        Benchmark.of(List.of(Samples.problem("a", "sums", "bbh", Problem.Domain.IN))).get(0);
    Map<String, String> zero = files(Map.of(), 0).of("bbh").settings(benchmark);
    Map<String, String> one = files(Map.of(), 1).of("bbh").settings(benchmark);

    assertThat(zero).containsEntry("prompt", "bbh.txt").containsEntry("shots", "0");
    assertThat(one).containsEntry("prompt", "few-shot/default.txt").containsEntry("shots", "1");
    assertThat(
            List.of(
                zero.get("promptSha256"),
                files(Map.of("bbh.txt", "{question}"), 0)
                    .of("bbh")
                    .settings(benchmark)
                    .get("promptSha256"),
                one.get("promptSha256"),
                files(Map.of(), 2).of("bbh").settings(benchmark).get("promptSha256"),
                files(Map.of("few-shot/example.txt", "{question} {answer}"), 1)
                    .of("bbh")
                    .settings(benchmark)
                    .get("promptSha256")))
        .doesNotHaveDuplicates();
    assertThat(files(Map.of(), 1).of("bbh").settings(benchmark)).isEqualTo(one);
  }

  private static PromptFiles files(Map<String, String> own, int shots) {
    return new PromptFiles(source(own), PromptFiles.builtIn(), new PromptPack(source(PACK)), shots);
  }

  private static PromptSource source(Map<String, String> files) {
    return path -> Optional.ofNullable(files.get(path));
  }

  private static Problem problem(String task, String question) {
    return new Problem(
        task + "/1",
        task,
        question,
        "(A)",
        Problem.Split.TEST,
        Problem.Domain.OUT,
        "arc-easy",
        null);
  }
}
