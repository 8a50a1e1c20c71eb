package dev.edit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.cli.pipeline.RecordPublisher;
import dev.edit.cli.report.RunResult;
import dev.edit.cli.report.SampleFindings;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Run;
import dev.edit.contracts.Topics;
import dev.edit.contracts.recipe.Presets;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code edit report} on a broker that holds finished runs. */
class ReportCommandIT {
  @TempDir private static Path folder;
  private static EmbeddedKafka kafka;

  private final StringWriter errors = new StringWriter();

  @BeforeAll
  static void publishRuns() throws Exception {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka.createTopics(PipelineTopics.dataPartitions(2));
    List<RunResult> results =
        List.of(result(Recipe.EDIT, "1110", "11"), result(Recipe.STD_COT, "1000", "10"));
    try (RecordPublisher publisher = new RecordPublisher(kafka.bootstrapServers())) {
      for (RunResult result : results) {
        publisher.publish(Topics.RUNS, Run.class, List.of(run(result)));
        publisher.publish(Topics.CHECKPOINTS, Checkpoint.class, List.of(result.last()));
        publisher.publish(Topics.EVALUATIONS, Evaluation.class, result.evaluations());
      }
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void shouldCompareEveryEvaluatedRunWhenNoneIsNamed() throws Exception {
    Path output = folder.resolve("all");

    assertThat(report("--output=" + output)).as(errors.toString()).isZero();

    JsonNode result = new ObjectMapper().readTree(output.resolve("result.json").toFile());
    assertThat(result.get("runs")).hasSize(2);
    assertThat(result.at("/tests/0/first").textValue()).isEqualTo("edit");
    assertThat(result.at("/tests/0/difference").doubleValue()).isEqualTo(0.5);
    assertThat(Files.readString(output.resolve("report.html"))).contains("edit", "std-cot", "75.0");
    try (Stream<Path> files = Files.list(output)) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .anyMatch(name -> name.matches("results_edit-1_.*\\.json"))
          .anyMatch(name -> name.matches("results_std-cot-1_.*\\.json"));
    }
  }

  @Test
  void shouldReportTheNamedRunAloneWhenItIsNamed() throws Exception {
    Path output = folder.resolve("one");

    assertThat(report("--run=edit-1", "--output=" + output)).as(errors.toString()).isZero();

    JsonNode result = new ObjectMapper().readTree(output.resolve("result.json").toFile());
    assertThat(result.get("runs")).hasSize(1);
    assertThat(result.get("tests")).isEmpty();
  }

  @Test
  void shouldNameTheRunWhenItIsUnknown() {
    assertThat(report("--run=nobody", "--output=" + folder.resolve("none"))).isNotZero();

    assertThat(errors.toString()).contains("edit.runs holds no run nobody");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  private static RunResult result(Recipe recipe, String in, String out) {
    return SampleFindings.run(
        recipe,
        1,
        SampleFindings.evaluation(recipe, 1, "families-in", in),
        SampleFindings.evaluation(recipe, 1, "families-out", out));
  }

  private static Run run(RunResult result) {
    return new Run(
        result.id(),
        result.recipe(),
        "students/initial",
        Presets.named(Presets.PAPER, result.recipe()),
        new Run.DatasetSelector(List.of(), List.of()),
        result.seed());
  }

  private int report(String... arguments) {
    CommandLine line = Edit.commandLine();
    line.setErr(new PrintWriter(errors, true));
    String[] all = new String[arguments.length + 2];
    all[0] = "report";
    all[1] = "--bootstrap-servers=" + kafka.bootstrapServers();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return line.execute(all);
  }
}
