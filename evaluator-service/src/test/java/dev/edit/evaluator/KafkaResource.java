package dev.edit.evaluator;

import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A broker and a samples folder for the evaluator under test. */
public class KafkaResource implements QuarkusTestResourceLifecycleManager {
  /** Who shows it may replay dead letters. */
  static final String CONSOLE_TOKEN = "console-token-of-the-tests";

  private Path folder;
  private EmbeddedKafka kafka;

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("edit-evaluator");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka.createTopics(PipelineTopics.dataPartitions(2));
    return Map.of(
        "kafka.bootstrap.servers",
        kafka.bootstrapServers(),
        "edit.evaluator.samples",
        folder.resolve("samples").toString(),
        "edit.evaluator.max-new-tokens",
        "12",
        "edit.evaluator.self-consistency.samples",
        "3",
        "edit.evaluator.console.token",
        CONSOLE_TOKEN);
  }

  @Override
  public void stop() {
    kafka.close();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
