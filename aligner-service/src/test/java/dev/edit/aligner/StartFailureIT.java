package dev.edit.aligner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, started as a user starts it. */
class StartFailureIT {
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

  @TempDir Path folder;
  private String student;

  @BeforeEach
  void write() throws IOException {
    student = StudentFixture.write(folder.resolve("student")).toString();
  }

  @Test
  void shouldNameTheKeyWhenTheStudentIsMissing() throws Exception {
    assertThat(failedStart(Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")))
        .contains("edit.aligner.student");
  }

  @Test
  void shouldNameTheKeyWhenTheBrokerIsMissing() throws Exception {
    assertThat(failedStart(Map.of("EDIT_ALIGNER_STUDENT", student)))
        .contains("kafka.bootstrap.servers");
  }

  @Test
  void shouldNameTheValueWhenTheRuleIsUnknown() throws Exception {
    assertThat(
            failedStart(
                Map.of(
                    "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
                    "EDIT_ALIGNER_STUDENT", student,
                    "EDIT_ALIGNER_RULE", "fuzzy")))
        .contains("rule: expected one of reference, reference-padded, first-divergence, got fuzzy");
  }

  @Test
  void shouldNameTheFolderWhenItIsNoStudent() throws Exception {
    assertThat(
            failedStart(
                Map.of(
                    "KAFKA_BOOTSTRAP_SERVERS",
                    "127.0.0.1:1",
                    "EDIT_ALIGNER_STUDENT",
                    folder.resolve("nowhere").toString())))
        .contains("edit.aligner.student", "nowhere");
  }

  private String failedStart(Map<String, String> environment) throws Exception {
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    JAR.toAbsolutePath().toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("EDIT_") || key.startsWith("KAFKA_"));
    builder.environment().putAll(environment);
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended by itself").isTrue();
      assertThat(process.exitValue()).isNotZero();
      return Files.readString(log, UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }
}
