package dev.edit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.cli.pipeline.RecordPublisher;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.Problem.Split;
import dev.edit.contracts.TeacherUsage;
import dev.edit.contracts.Topics;
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportExportIT {
  private static final int QUESTIONS = 1_203;

  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void shouldGiveBackWhatWasImportedAndTheNewestOfEachDual() throws Exception {
    Path in = folder.resolve("test.jsonl");
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      questions.add("{\"question\": \"What is " + i + "?\", \"answer\": \"#### " + i + "\"}");
    }
    Files.write(in, questions);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
      kafka.createTopics(PipelineTopics.dataPartitions(3));
      String servers = kafka.bootstrapServers();
      run("import", "gsm8k", in.toString(), "--bootstrap-servers", servers);
      run("import", "gsm8k", in.toString(), "--bootstrap-servers", servers);
      run("import", "gsm8k", in.toString(), "--output", file("imported").toString());
      export(servers, Topics.PROBLEMS, "jsonl", file("exported"));
      assertThat(Files.readAllLines(file("exported")))
          .containsExactlyInAnyOrderElementsOf(Files.readAllLines(file("imported")));

      try (RecordPublisher publisher = new RecordPublisher(servers)) {
        publisher.publish(
            Topics.DUAL_COTS,
            DualCot.class,
            List.of(dual("a", "6"), dual("b", null), dual("a", "7")));
      }
      export(servers, Topics.DUAL_COTS, "trl-preference", file("preference"));
      assertThat(Files.readAllLines(file("preference")))
          .singleElement()
          .satisfies(row -> assertThat(row).contains("\"rejected\":\"the answer is 7\""));
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ".jsonl");
  }

  private void export(String servers, String topic, String format, Path file) {
    run(
        "export",
        "--topic",
        topic,
        "--format",
        format,
        "--bootstrap-servers",
        servers,
        "--output",
        file.toString());
  }

  private void run(String... arguments) {
    CommandLine line = Edit.commandLine();
    line.setErr(new PrintWriter(err, true));
    assertThat(line.execute(arguments)).as(err.toString()).isZero();
  }

  private static DualCot dual(String id, String wrong) {
    TeacherUsage usage = new TeacherUsage("teacher-1", 1, 1);
    return new DualCot(
        new Problem(id, "t", "2 + 3?", "5", Split.TRAIN, Domain.IN, "s", null),
        new DualCot.Side("the answer is 5", "5", usage),
        wrong == null ? null : new DualCot.Side("the answer is " + wrong, wrong, usage),
        DualCot.Origin.CORRUPTED,
        null);
  }
}
