package dev.edit.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole system: {@code edit quickstart} in a process of its own, with an embedded broker, the
 * simulated teacher and the four services as further processes.
 *
 * <ol>
 *   <li>A small quickstart runs to its end.
 *   <li>Its accounting, its table and its report are looked at.
 *   <li>It runs again with the same seed: the same data set, the same weights, the same table.
 *   <li>Another is told to stop, and another killed, in mid-stream: no process is left.
 * </ol>
 *
 * <p>No assertion says which recipe wins.
 */
class QuickstartST {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MINUTES = 15;

  @TempDir Path folder;

  @Test
  void shouldAccountForEveryProblemAndRepeatItselfWhenTheSeedIsTheSame() throws Exception {
    JsonNode first = quickstart("first");

    assertThat(first.at("/problems/published").intValue()).isEqualTo(120);
    assertThat(first.at("/problems/lost").intValue()).isZero();
    assertThat(first.at("/problems/duplicated").intValue()).isZero();
    assertThat(
            first.at("/problems/accepted").intValue()
                + first.at("/problems/deadLettered").intValue())
        .isEqualTo(120);
    assertThat(first.at("/keyTokenShare").doubleValue()).isBetween(0.001, 0.5);
    assertThat(first.at("/teacher/calls").intValue()).isGreaterThanOrEqualTo(120);
    assertThat(cells(first))
        .containsExactlyInAnyOrder(
            "std-cot families-in 30",
            "std-cot families-harder 20",
            "std-cot families-unseen 10",
            "edit-no-krsl families-in 30",
            "edit-no-krsl families-harder 20",
            "edit-no-krsl families-unseen 10",
            "edit families-in 30",
            "edit families-harder 20",
            "edit families-unseen 10");

    JsonNode second = quickstart("second");
    assertThat(complete("second").get("datasetSha256"))
        .isEqualTo(complete("first").get("datasetSha256"));
    assertThat(accuracies(second)).isEqualTo(accuracies(first));
    assertThat(complete("second").findValuesAsText("weightsSha256"))
        .isEqualTo(complete("first").findValuesAsText("weightsSha256"));
  }

  @Test
  void shouldLeaveNoProcessWhenItIsToldToStop() throws Exception {
    try (EditProcess edit = start("stopped")) {
      List<ProcessHandle> children = awaitServices(edit);
      edit.terminate();

      assertThat(edit.await(3)).isNotZero();
      assertThat(children).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void shouldLeaveNoProcessWhenItIsKilled() throws Exception {
    try (EditProcess edit = start("killed")) {
      List<ProcessHandle> children = awaitServices(edit);
      edit.kill();

      await()
          .atMost(Duration.ofMinutes(3))
          .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    }
  }

  private static List<ProcessHandle> awaitServices(EditProcess edit) {
    await()
        .atMost(Duration.ofMinutes(MINUTES))
        .until(() -> edit.output().contains("annotate") || edit.hasEnded());
    List<ProcessHandle> children = edit.children();
    assertThat(children).as(edit.output()).hasSizeGreaterThanOrEqualTo(5);
    return children;
  }

  private JsonNode quickstart(String name) throws IOException, InterruptedException {
    try (EditProcess edit = start(name)) {
      int exitCode = edit.await(MINUTES);
      String output = edit.output();
      assertThat(exitCode).as(output).isZero();
      assertThat(output).contains("SIMULATED", "lost 0, duplicated 0", "report.html");
      assertThat(workspace(name).resolve("report.html")).isNotEmptyFile();
      return JSON.readTree(Files.readString(json(name)));
    }
  }

  private EditProcess start(String name) throws IOException {
    return EditProcess.start(
        folder.resolve(name + ".out"),
        "quickstart",
        "--problems=120",
        "--test-problems=30",
        "--seed=11",
        "--seeds=1",
        "--sft-steps=40",
        "--krsl-steps=10",
        "--no-browser",
        "--workspace=" + folder.resolve(name + " workspace"),
        "--json=" + json(name));
  }

  private Path json(String name) {
    return folder.resolve(name + ".json");
  }

  private JsonNode complete(String name) throws IOException {
    return JSON.readTree(Files.readString(workspace(name).resolve("result.json")));
  }

  private Path workspace(String name) throws IOException {
    try (var entries = Files.list(folder.resolve(name + " workspace"))) {
      return entries.findFirst().orElseThrow();
    }
  }

  private static List<String> cells(JsonNode result) {
    List<String> cells = new ArrayList<>();
    for (JsonNode run : result.get("runs")) {
      for (JsonNode benchmark : run.get("benchmarks")) {
        cells.add(
            "%s %s %d"
                .formatted(
                    run.get("recipe").textValue(),
                    benchmark.get("benchmark").textValue(),
                    benchmark.get("n").intValue()));
      }
    }
    return cells;
  }

  private static List<Double> accuracies(JsonNode result) {
    List<Double> accuracies = new ArrayList<>();
    result.findValues("accuracy").forEach(value -> accuracies.add(value.doubleValue()));
    return accuracies;
  }
}
