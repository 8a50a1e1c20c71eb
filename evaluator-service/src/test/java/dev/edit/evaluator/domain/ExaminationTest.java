package dev.edit.evaluator.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Problem;
import dev.edit.contracts.grading.Grade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminationTest {
  private static final List<Problem> PROBLEMS =
      List.of(
          Samples.problem("a", "sums", "in", Problem.Domain.IN),
          Samples.problem("b", "sums", "in", Problem.Domain.IN),
          Samples.problem("c", "signs", "in", Problem.Domain.IN),
          Samples.problem("d", "signs", "in", Problem.Domain.IN));
  private static final List<Response> RESPONSES =
      List.of(
          new Response("Therefore, the answer is 3.", Response.Finish.STOP),
          new Response("Therefore, the answer is 4.", Response.Finish.STOP),
          new Response("I do not know", Response.Finish.LENGTH),
          new Response("Therefore, the answer is 3.", Response.Finish.LENGTH));

  @TempDir Path folder;

  private static Examination examination() {
    return Examination.hold(
        Samples.checkpoint("edit-7", true, "uri", "sha", "tok"),
        Benchmark.of(PROBLEMS).get(0),
        Samples.prompts().of("in"),
        new Respondent() {
          @Override
          public List<Response> respond(List<Question> questions, Decoding decoding) {
            assertThat(questions).extracting(Question::prompt).containsOnly("What is 1 plus 2?\n");
            assertThat(decoding).isEqualTo(Decoding.GREEDY);
            return RESPONSES;
          }

          @Override
          public void close() {}
        },
        Attempts.greedy("the-answer-is"));
  }

  @Test
  void shouldGradeEveryResponse() {
    assertThat(examination().answered())
        .extracting(Answered::grade)
        .containsExactly(Grade.RIGHT, Grade.WRONG, Grade.UNANSWERED, Grade.RIGHT);
  }

  @Test
  void shouldScoreOverallAndByTask() {
    Evaluation evaluation = examination().evaluation(Map.of("maxNewTokens", "64"));

    assertThat(evaluation.key()).isEqualTo("edit-7/in");
    assertThat(evaluation.outcomes()).isEqualTo("1001");
    assertThat(evaluation.overall().accuracy()).isEqualTo(0.5);
    assertThat(evaluation.overall().stderr()).isEqualTo(Math.sqrt(0.25 / 3), within(1e-12));
    assertThat(evaluation.overall().unanswered()).isOne();
    assertThat(evaluation.overall().truncated()).isEqualTo(2);
    assertThat(evaluation.config())
        .containsOnly(
            Map.entry("decoding", "greedy"),
            Map.entry("filter", "the-answer-is"),
            Map.entry("maxNewTokens", "64"));
    assertThat(evaluation.tasks().get("sums")).isEqualTo(Evaluation.Score.of(1, 2, 0, 0));
    assertThat(evaluation.tasks().get("signs")).isEqualTo(Evaluation.Score.of(1, 2, 1, 2));
  }

  @Test
  void shouldGiveAnEqualRecordWhenHeldAgain() {
    assertThat(examination().evaluation(Map.of())).isEqualTo(examination().evaluation(Map.of()));
  }

  @Test
  void shouldWriteSamplesInTheHarnessShape() throws IOException {
    Instant at = Instant.parse("2026-01-02T03:04:05Z");

    List<Path> files = new ResultFiles(folder, 64).writeSamples(examination(), at);

    Path run = folder.resolve("edit-7");
    assertThat(files)
        .containsExactly(
            run.resolve("samples_in_signs_2026-01-02T03-04-05.000000.jsonl"),
            run.resolve("samples_in_sums_2026-01-02T03-04-05.000000.jsonl"));
    List<JsonNode> lines = new ArrayList<>();
    for (Path file : files) {
      for (String line : Files.readAllLines(file)) {
        lines.add(new ObjectMapper().readTree(line));
      }
    }
    assertThat(lines).hasSize(4);
    JsonNode third =
        lines.stream()
            .filter(l -> l.at("/doc/id").textValue().equals("c"))
            .findFirst()
            .orElseThrow();
    assertThat(third.get("doc_id").intValue()).isBetween(0, 1);
    assertThat(third.get("target").textValue()).isEqualTo("3");
    assertThat(third.at("/arguments/gen_args_0/arg_0").textValue()).endsWith("?\n");
    assertThat(third.at("/arguments/gen_args_0/arg_1/max_gen_toks").intValue()).isEqualTo(64);
    assertThat(third.at("/resps/0/0").textValue()).isEqualTo("I do not know");
    assertThat(third.at("/filtered_resps/0").textValue()).isEqualTo("[invalid]");
    assertThat(third.at("/finish_reasons/0/0").textValue()).isEqualTo("length");
    assertThat(third.get("exact_match").doubleValue()).isZero();
  }

  @Test
  void shouldWriteTheFiguresBesideTheSamples() throws IOException {
    Instant at = Instant.parse("2026-01-02T03:04:05Z");
    Evaluation evaluation = examination().evaluation(Map.of("maxNewTokens", "64"));

    Path file =
        new ResultFiles(folder, 64)
            .writeResults(examination().checkpoint(), List.of(evaluation), at);

    assertThat(file).isEqualTo(folder.resolve("edit-7/results_2026-01-02T03-04-05.000000.json"));
    JsonNode results = new ObjectMapper().readTree(file.toFile());
    assertThat(results.at("/results/in/exact_match,the-answer-is").doubleValue()).isEqualTo(0.5);
    assertThat(results.at("/results/in_sums/exact_match,the-answer-is").doubleValue())
        .isEqualTo(0.5);
  }
}
