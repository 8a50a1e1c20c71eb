package dev.edit.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code edit bench pipeline} over a few problems, in a process of its own, with broker, simulated
 * teacher, generator and aligner as the quickstart starts them. No assertion says how fast anything
 * is.
 */
class BenchPipelineST {
  private static final int PROBLEMS = 30;
  private static final int WARM_UP = 10;
  private static final int PACED = 20;

  @TempDir Path folder;

  @Test
  void shouldAccountForEveryProblemAndMeasureBothBaselinesWhenItEnds() throws Exception {
    JsonNode result = bench();

    assertThat(result.get("problems").intValue()).isEqualTo(PROBLEMS);
    assertThat(result.at("/accounting/published").intValue()).isEqualTo(PROBLEMS + WARM_UP + PACED);
    assertThat(
            result.at("/accounting/accepted").intValue()
                + result.at("/accounting/deadLettered").intValue())
        .isEqualTo(PROBLEMS + WARM_UP + PACED);
    assertThat(result.at("/accounting/lost").intValue()).isZero();
    assertThat(result.at("/accounting/duplicated").intValue()).isZero();
    assertThat(result.get("lag")).isNotEmpty().allMatch(lag -> lag.longValue() == 0);

    assertThat(result.get("problemsPerSecond").doubleValue()).isPositive();
    assertThat(result.findValuesAsText("stage"))
        .containsExactly("annotate", "rectify, corrupt", "align");
    for (JsonNode waits : List.of(result.get("latency"), result.at("/paced/latency"))) {
      assertThat(waits.get("p50").doubleValue()).isPositive();
      assertThat(waits.get("p99").doubleValue())
          .isBetween(waits.get("p50").doubleValue(), waits.get("longest").doubleValue());
    }
    assertThat(result.at("/teacher/calls").intValue()).isGreaterThanOrEqualTo(PROBLEMS);
    assertThat(result.at("/teacher/callsAtOnce").doubleValue()).isBetween(0.0, 8.0);
    assertThat(result.findValuesAsText("baseline")).containsExactly("teacher-alone", "kafka-alone");
    assertThat(result.findValues("ratio")).allMatch(ratio -> ratio.doubleValue() > 0);
  }

  private JsonNode bench() throws Exception {
    Path workspace = folder.resolve("workspace");
    try (EditProcess edit =
        EditProcess.start(
            folder.resolve("out"),
            "bench",
            "pipeline",
            "--json",
            "--problems=" + PROBLEMS,
            "--warm-up=" + WARM_UP,
            "--concurrency=8",
            "--workspace=" + workspace)) {
      int exitCode = edit.await(4);
      String output = edit.output();
      assertThat(exitCode).as(output).isZero();
      assertThat(workspace).isEmptyDirectory();
      List<String> lines = output.lines().toList();
      return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }
  }
}
