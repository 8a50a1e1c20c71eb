package dev.edit.aligner;

import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the service needs around it: a broker with the topics, a student's folder. */
public final class AlignerStack implements QuarkusTestResourceLifecycleManager {
  private EmbeddedKafka kafka;

  @Override
  public Map<String, String> start() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "stack");
      kafka = EmbeddedKafka.start(folder.resolve("kafka"));
      kafka.createTopics(PipelineTopics.dataPartitions(3));
      return Map.of(
          "kafka.bootstrap.servers",
          kafka.bootstrapServers(),
          "edit.aligner.student",
          StudentFixture.write(folder.resolve("student")).toString(),
          "edit.aligner.max-length",
          "60",
          "edit.aligner.min-similarity",
          "0.6");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (kafka != null) {
      kafka.close();
    }
  }
}
