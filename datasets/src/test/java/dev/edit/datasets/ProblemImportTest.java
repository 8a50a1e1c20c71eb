package dev.edit.datasets;

import static dev.edit.datasets.Folder.problems;
import static dev.edit.datasets.Folder.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.Problem.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each format's entries, and what makes one problem out of them. */
class ProblemImportTest {
  @TempDir private Path temporary;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(temporary);
  }

  @Test
  void shouldCarryTheCanaryWhenBbhHasItAfterTheExamples() throws Exception {
    Path file =
        folder.write(
            "navigate.json",
            "{\"examples\": [{\"input\": \"Go.\\nOptions:\\n- Yes\\n- No\", \"target\": \"No\"}],",
            " \"canary\": \"GUID 26b5\"}");
    assertThat(problems(Format.BBH, file, split("train")))
        .containsExactly(
            new Problem(
                "bbh/navigate/0000",
                "navigate",
                "Go.\nOptions:\n- Yes\n- No",
                "No",
                Split.TRAIN,
                Domain.IN,
                "bbh",
                "GUID 26b5"));
  }

  @Test
  void shouldAppendChoicesWhenBigBenchScoresThem() throws Exception {
    folder.write(
        "logic/three/task.json",
        "{\"name\": \"three\", \"canary\": \"GUID\", \"task_prefix\": \"Think.\\n\",",
        "\"example_input_prefix\": \"Puzzle: \", \"choice_prefix\": \"\\n- \",",
        "\"examples\": [{\"input\": \"Who wins?\", \"target_scores\": {\"Ann.\": 1, \"Bob\": 0}}]}");
    Problem problem = problems(Format.BIGBENCH, temporary, ImportSettings.DEFAULT).get(0);
    assertThat(problem.id()).isEqualTo("bigbench/logic/three/0000");
    assertThat(problem.task()).isEqualTo("three");
    assertThat(problem.question())
        .isIn(
            "Think.\nPuzzle: Who wins?\n- Ann.\n- Bob", "Think.\nPuzzle: Who wins?\n- Bob\n- Ann.");
    assertThat(problem.answer()).as("graded without a full stop").isEqualTo("Ann");
    assertThat(problem.split()).isEqualTo(Split.TEST);
    assertThat(problem.domain()).isEqualTo(Domain.OUT);
    assertThat(problem.canary()).isEqualTo("GUID");
  }

  @Test
  void shouldDrawTheOrderOfChoicesWhenBigBenchNamesTheRightOneFirst() throws Exception {
    StringBuilder examples = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      examples
          .append(i == 0 ? "" : ",")
          .append("{\"input\": \"q" + i + "\", \"target_scores\": {\"good\": 1, \"bad\": 0}}");
    }
    Path file = folder.write("t.json", "{\"examples\": [" + examples + "]}");
    List<Problem> problems = problems(Format.BIGBENCH, file, ImportSettings.DEFAULT);
    assertThat(problems)
        .filteredOn(p -> p.question().contains("choice: good\n"))
        .hasSizeBetween(15, 45);
    assertThat(problems(Format.BIGBENCH, file, ImportSettings.DEFAULT)).isEqualTo(problems);
    assertThat(problems(Format.BIGBENCH, file, new ImportSettings(null, 1, null, null, false)))
        .isNotEqualTo(problems);
  }

  @Test
  void shouldLeaveChoicesOutWhenBigBenchSaysSo() throws Exception {
    Path file =
        folder.write(
            "t.json",
            "{\"append_choices_to_input\": false, \"example_input_prefix\": \"\\nQ: \", \"examples\": [",
            "{\"input\": \"Yes or no?\", \"target_scores\": {\"yes\": 0.2, \"no\": 0.8}},",
            "{\"input\": \"2 + 2\", \"target\": [\"4\", \"four\"]},",
            "{\"input\": \"2 + 3\", \"target\": 5}]}");
    assertThat(problems(Format.BIGBENCH, file, ImportSettings.DEFAULT))
        .extracting(Problem::question, Problem::answer)
        .containsExactly(tuple("Yes or no?", "no"), tuple("2 + 2", "4"), tuple("2 + 3", "5"));
  }

  @Test
  void shouldLabelChoicesByPositionWhenAgiEvalLostTheirParentheses() throws Exception {
    folder.write(
        "logiqa-en.jsonl",
        "{\"passage\": \"P.\", \"question\": \"Q?\", \"options\": [\"(A)one\", \"B two\"],"
            + " \"label\": \"B\", \"answer\": null, \"other\": null}",
        "{\"passage\": null, \"question\": \"Both?\", \"options\": [\"(A)one\", \"(B)two\"],"
            + " \"label\": [\"A\", \"B\"]}");
    folder.write(
        "math.jsonl",
        "{\"passage\": \"\", \"question\": \"1+1?\", \"options\": null, \"label\": null,"
            + " \"answer\": \"2\"}");
    assertThat(problems(Format.AGIEVAL, temporary, ImportSettings.DEFAULT))
        .extracting(Problem::id, Problem::question, Problem::answer)
        .containsExactly(
            tuple("agieval/logiqa-en/0000", "P.\n\nQ?\nOptions:\n(A) one\n(B) B two", "(B)"),
            tuple("agieval/logiqa-en/0001", "Both?\nOptions:\n(A) one\n(B) two", "(A)(B)"),
            tuple("agieval/math/0000", "1+1?", "2"));
  }

  @Test
  void shouldGiveTheSameQuestionWhenArcComesInThreeShapes() throws Exception {
    Path ai2 =
        folder.write(
            "ARC-Easy-Test.jsonl",
            "{\"id\": \"x\", \"question\": {\"stem\": \"Why?\", \"choices\": [{\"text\": \"So.\","
                + " \"label\": \"1\"}, {\"text\": \"No.\", \"label\": \"2\"}]}, \"answerKey\": \"2\"}");
    Path huggingFace =
        folder.write(
            "hf/ARC-Easy-Test.jsonl",
            "{\"question\": \"Why?\", \"choices\": {\"text\": [\"So.\", \"No.\"], \"label\":"
                + " [\"1\", \"2\"]}, \"answerKey\": \"2\"}");
    Path list =
        folder.write(
            "list/ARC-Easy-Test.json",
            "[{\"input\": \"Question: Why?\\nOptions:\\n(1) So.\\n(2) No.\", \"target\": \"(2)\"}]");
    Problem problem =
        new Problem(
            "arc-easy/ARC-Easy-Test/0000",
            "ARC-Easy",
            "Question: Why?\nOptions:\n(1) So.\n(2) No.",
            "(2)",
            Split.TEST,
            Domain.OUT,
            "arc-easy",
            null);
    for (Path shape : List.of(ai2, huggingFace, list)) {
      assertThat(problems(Format.ARC, shape, ImportSettings.DEFAULT)).containsExactly(problem);
    }
  }

  @Test
  void shouldFindTheNumberWhenGsm8kExplainsIt() throws Exception {
    Path file =
        folder.write(
            "train.jsonl",
            "{\"question\": \"How many?\", \"answer\": \"2*3=<<2*3=6>>6\\n#### 1,206\"}",
            "",
            "{\"question\": \"How cold?\", \"answer\": \"#### -3.5\"}");
    List<Problem> problems = problems(Format.GSM8K, file, ImportSettings.DEFAULT);
    assertThat(problems).extracting(Problem::answer).containsExactly("1206", "-3.5");
    assertThat(problems).extracting(Problem::split).containsOnly(Split.TRAIN);
    assertThat(problems).extracting(Problem::task).containsOnly("gsm8k");
    assertThat(problems.get(1).id()).isEqualTo("gsm8k/train/0001");
  }

  @Test
  void shouldKeepWhatALineSaysWhenProblemsArePlain() throws Exception {
    Path file =
        folder.write(
            "mine.jsonl",
            "\uFEFF{\"id\": \"a/1\", \"task\": \"t\", \"question\": \"Q\", \"answer\": \"A\", \"split\":"
                + " \"test\", \"domain\": \"out\", \"source\": \"s\", \"canary\": \"c\"}",
            "{\"question\": \"Q2\", \"answer\": \"A2\", \"split\": \"train\"}");
    assertThat(problems(Format.JSONL, file, ImportSettings.DEFAULT))
        .containsExactly(
            new Problem("a/1", "t", "Q", "A", Split.TEST, Domain.OUT, "s", "c"),
            new Problem(
                "jsonl/mine/0001", "mine", "Q2", "A2", Split.TRAIN, Domain.IN, "jsonl", null));
  }

  @Test
  void shouldPreferTheUsersWordWhenSettingsNameDomainAndSource() throws Exception {
    Path file = folder.write("t.json", "{\"examples\": [{\"input\": \"q\", \"target\": \"a\"}]}");
    ImportSettings settings =
        new ImportSettings(SplitRule.parse("test"), 0, Domain.OUT, "bbh-sub", false);
    assertThat(problems(Format.BBH, file, settings))
        .containsExactly(
            new Problem("bbh-sub/t/0000", "t", "q", "a", Split.TEST, Domain.OUT, "bbh-sub", null));
  }

  @Test
  void shouldRefuseToTrainOnATestSplitUnlessAsked() throws Exception {
    Path file = folder.write("test.jsonl", "{\"question\": \"q\", \"answer\": \"#### 1\"}");
    for (String rule : List.of("train", "4:1")) {
      assertThatThrownBy(() -> problems(Format.GSM8K, file, split(rule)))
          .hasMessageContaining("test.jsonl:1")
          .hasMessageContaining("published test split")
          .hasMessageContaining("--train-on-test");
    }
    ImportSettings asked = new ImportSettings(SplitRule.parse("train"), 0, null, null, true);
    assertThat(problems(Format.GSM8K, file, asked))
        .extracting(Problem::split)
        .containsExactly(Split.TRAIN);
  }

  @Test
  void shouldHandOnNothingWhenALaterFileIsMalformed() {
    folder.write("a.json", "{\"examples\": [{\"input\": \"q\", \"target\": \"a\"}]}");
    folder.write("b.json", "{\"examples\": [{\"input\": \"q\"}]}");
    List<Problem> seen = new ArrayList<>();
    assertThatThrownBy(
            () -> ProblemImport.of(Format.BBH, temporary, ImportSettings.DEFAULT).run(seen::add))
        .hasMessageContaining("b.json:1 (entry 0): field 'target': expected a non-blank text");
    assertThat(seen).isEmpty();
  }

  @Test
  void shouldThrowWhatTheSinkThrewWhenItCannotTakeAProblem() {
    Path file = folder.write("a.json", "{\"examples\": [{\"input\": \"q\", \"target\": \"a\"}]}");
    assertThatThrownBy(
            () ->
                ProblemImport.of(Format.BBH, file, ImportSettings.DEFAULT)
                    .run(
                        problem -> {
                          throw new IOException("disk full");
                        }))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }
}
