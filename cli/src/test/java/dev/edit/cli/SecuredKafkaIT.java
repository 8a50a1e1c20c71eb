package dev.edit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.Topics;
import dev.edit.embeddedkafka.BrokerLogin;
import dev.edit.embeddedkafka.BrokerOptions;
import dev.edit.embeddedkafka.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command in a process of its own, with a broker that wants a login, which only the process's
 * environment can hold.
 */
class SecuredKafkaIT {
  private static final BrokerLogin LOGIN = new BrokerLogin("edit", "s3cret-canary");

  @TempDir private Path folder;
  private EmbeddedKafka kafka;

  @BeforeEach
  void start() {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"), BrokerOptions.defaults().withLogin(LOGIN));
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  @Test
  void shouldMakeTopicsPublishAndReadWhenTheEnvironmentHoldsTheLogin() throws Exception {
    Map<String, String> environment = new TreeMap<>();
    LOGIN
        .clientSettings()
        .forEach(
            (key, value) ->
                environment.put("KAFKA_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), value));

    assertThat(edit(environment, "setup", "--partitions=2")).contains(Topics.PROBLEMS);
    assertThat(edit(environment, "sample", "--problems=20", "--test-problems=4"))
        .contains("published");
    assertThat(edit(environment, "run", "list", "--json")).contains("\"runs\"");
  }

  @Test
  void shouldSayThatKafkaDoesNotAnswerWhenTheEnvironmentHoldsNoLogin() {
    assertThatThrownBy(() -> edit(Map.of(), "run", "list"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("exit code 1")
        .hasMessageContaining(kafka.bootstrapServers())
        .hasMessageContaining("does not answer");
  }

  private String edit(Map<String, String> environment, String... arguments) throws Exception {
    Path output = Files.createTempFile(folder, "edit", ".log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Edit.class.getName()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(output);
    assertThat(said).doesNotContain(LOGIN.password());
    if (process.exitValue() != 0) {
      throw new AssertionError("exit code " + process.exitValue() + ": " + said);
    }
    return said;
  }
}
