package dev.edit.trainer;

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

/** A broker and a checkpoints folder for the dispatcher under test. */
public class KafkaResource implements QuarkusTestResourceLifecycleManager {
  private Path folder;
  private EmbeddedKafka kafka;

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("edit-trainer");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka.createTopics(PipelineTopics.dataPartitions(2));
    return Map.of(
        "kafka.bootstrap.servers",
        kafka.bootstrapServers(),
        "edit.trainer.checkpoints",
        folder.resolve("runs").toString(),
        "edit.trainer.worker.report-every",
        "10");
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
