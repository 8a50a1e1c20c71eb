package dev.edit.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.contracts.recipe.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultJsonTest {
  private static final List<RunResult> RUNS =
      List.of(
          SampleFindings.run(
              Recipe.STD_COT,
              1,
              SampleFindings.evaluation(Recipe.STD_COT, 1, "families-in", "1010")));

  @TempDir Path folder;

  @Test
  void shouldHaveTheDocumentedShapeWhenWritten() throws Exception {
    Path file = folder.resolve("new/result.json");
    ResultJson.write(ResultJson.of(SampleFindings.with(RUNS, List.of())), file);

    JsonNode expected =
        new ObjectMapper()
            .readTree(
                """
                {"problems": {"published": 10, "accepted": 9, "deadLettered": 1, "lost": 0,
                              "duplicated": 0},
                 "keyTokenShare": 0.125,
                 "teacher": {"calls": 21, "promptTokens": 4000, "completionTokens": 900},
                 "runs": [{"recipe": "std-cot", "seed": 1, "trainSeconds": 45.5,
                           "tokensPerSecond": 20439.56043956044,
                           "benchmarks": [{"benchmark": "families-in", "domain": "in",
                                           "accuracy": 0.5, "stderr": 0.28867513459481287,
                                           "n": 4}]}],
                 "seconds": {"data": 12.5, "total": 99.0}}
                """);
    assertThat(new ObjectMapper().readTree(Files.readString(file))).isEqualTo(expected);
  }

  @Test
  void shouldAddDigestsAndTestsWhenComplete() {
    JsonNode complete = ResultJson.complete(SampleFindings.with(RUNS, List.of()));

    assertThat(complete.get("datasetSha256").textValue()).isEqualTo("abc123");
    assertThat(complete.get("budgets").get(0).get("weightsSha256").textValue()).isEqualTo("f00d");
    assertThat(complete.get("tests")).isEmpty();
  }

  @Test
  void shouldNameEveryMeanWhenComplete() {
    JsonNode complete = ResultJson.complete(SampleFindings.with(RUNS, List.of()));

    JsonNode figures = complete.get("figures").get(0);
    assertThat(figures.get("run").textValue()).isEqualTo("std-cot-1");
    assertThat(figures.get("micro").doubleValue()).isEqualTo(0.5);
    assertThat(figures.get("macro").doubleValue()).isEqualTo(0.5);
    assertThat(figures.get("low").doubleValue()).isBetween(0.1, 0.5);
    assertThat(figures.get("high").doubleValue()).isBetween(0.5, 0.9);
    assertThat(figures.get("unanswered").doubleValue()).isZero();
    assertThat(complete.at("/averages/0/average").doubleValue()).isEqualTo(0.5);
    assertThat(complete.at("/averages/0/benchmarks").intValue()).isOne();
  }
}
