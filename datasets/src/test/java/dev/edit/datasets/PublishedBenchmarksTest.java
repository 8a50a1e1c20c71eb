package dev.edit.datasets;

import static dev.edit.datasets.Folder.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The published benchmarks themselves. Skipped where they are not beside the checkout. */
class PublishedBenchmarksTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void shouldImportAllOfBigBenchHard() throws Exception {
    List<Problem> problems = problems(Format.BBH, data("bbh"), ImportSettings.DEFAULT);
    assertThat(problems).hasSize(6511);
    assertThat(problems).extracting(Problem::task).containsAll(List.of("navigate", "snarks"));
    assertThat(problems.stream().map(Problem::task).distinct()).hasSize(27);
    assertThat(problems).allMatch(problem -> problem.canary().contains("26b5c67b"));
    assertThat(problems.stream().filter(problem -> problem.split() == Split.TRAIN))
        .as("as many as the method's authors trained on")
        .hasSize(5207);
    Map<String, Split> sides = new HashMap<>();
    for (Problem problem : problems) {
      String question = problem.task() + "\n" + problem.question();
      assertThat(sides.putIfAbsent(question, problem.split())).isIn(null, problem.split());
    }
  }

  @Test
  void shouldGiveTheIdsOfTheRecordedTeacher() throws Exception {
    Map<String, Problem> problems = new HashMap<>();
    for (Problem problem : problems(Format.BBH, data("bbh"), ImportSettings.DEFAULT)) {
      problems.put(problem.id(), problem);
    }
    Path recorded = data("teacher-cots/navigate.jsonl");
    for (String line : Files.readAllLines(recorded)) {
      JsonNode row = JSON.readTree(line);
      Problem problem = problems.get(row.get("id").textValue());
      assertThat(problem.question()).isEqualTo(row.get("question").textValue());
      assertThat(problem.answer()).isEqualTo(row.get("target").textValue());
    }
  }

  @Test
  void shouldImportAllOfAgiEval() throws Exception {
    List<Problem> problems = problems(Format.AGIEVAL, data("agieval"), ImportSettings.DEFAULT);
    assertThat(problems).hasSize(254 + 651 + 230 + 510 + 269 + 206 + 206 + 220);
    assertThat(problems.stream().map(Problem::task).distinct()).hasSize(8);
    assertThat(problems).allMatch(problem -> problem.answer().matches("\\([A-E]\\)"));
    assertThat(problems)
        .allMatch(problem -> problem.question().contains("\n" + problem.answer() + " "));
    assertThat(problems).allMatch(problem -> problem.split() == Split.TEST);
  }

  @Test
  void shouldImportBothOfArc() throws Exception {
    List<Problem> problems = problems(Format.ARC, data("arc"), ImportSettings.DEFAULT);
    assertThat(problems).filteredOn(problem -> problem.source().equals("arc-easy")).hasSize(2376);
    assertThat(problems).filteredOn(p -> p.source().equals("arc-challenge")).hasSize(1172);
    assertThat(problems).allMatch(problem -> problem.split() == Split.TEST);
    assertThat(problems).allMatch(problem -> problem.answer().matches("\\([A-E1-5]\\)"));
  }

  @Test
  void shouldImportAllOfGsm8k() throws Exception {
    List<Problem> problems = problems(Format.GSM8K, data("gsm8k"), ImportSettings.DEFAULT);
    assertThat(problems).hasSize(1319);
    assertThat(problems.get(0).answer()).isEqualTo("18");
    assertThat(problems).allMatch(problem -> problem.answer().matches("-?[0-9.]+"));
    assertThat(problems).allMatch(problem -> problem.split() == Split.TEST);
  }

  private static Path data(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path found = at.resolve("shared/data").resolve(name);
      if (Files.exists(found)) {
        return found;
      }
    }
    assumeTrue(false, "no " + name + " beside the checkout");
    throw new AssertionError("not reached: the assumption above ends the test");
  }
}
