package dev.edit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a verb that talks to Kafka leaves on standard error, in a process of its own. */
class QuietTerminalIT {
  @TempDir private static Path folder;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka.createTopics(PipelineTopics.dataPartitions(1));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void shouldLeaveStandardErrorEmptyWhenAVerbSucceeds() throws Exception {
    assertThat(edit("run", "list", "--bootstrap-servers", kafka.bootstrapServers())).isZero();

    assertThat(errors()).isEmpty();
  }

  @Test
  void shouldShowTheClientsLogWhenVerbose() throws Exception {
    assertThat(edit("run", "list", "--verbose", "--bootstrap-servers", kafka.bootstrapServers()))
        .isZero();

    assertThat(errors()).contains("INFO org.apache.kafka.");
  }

  @Test
  void shouldSayOnceThatKafkaDoesNotAnswerWhenItDoesNot() throws Exception {
    assertThat(edit("run", "list", "--bootstrap-servers", "127.0.0.1:1")).isEqualTo(1);

    assertThat(errors().lines())
        .singleElement()
        .asString()
        .startsWith("edit run list: Kafka at 127.0.0.1:1 does not answer: ");
  }

  private static int edit(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Edit.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static String errors() throws IOException {
    return Files.readString(folder.resolve("err"));
  }
}
