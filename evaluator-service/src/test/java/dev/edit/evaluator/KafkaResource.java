package dev.edit.evaluator;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
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

/** A broker, an S3 server without buckets and a samples folder for the evaluator under test. */
public class KafkaResource implements QuarkusTestResourceLifecycleManager {
  /** Who shows it may replay dead letters. */
  static final String CONSOLE_TOKEN = "console-token-of-the-tests";

  private Path folder;
  private EmbeddedKafka kafka;
  private LocalS3 s3;

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("edit-evaluator");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.setProperty("aws.accessKeyId", "a");
    System.setProperty("aws.secretAccessKey", "b");
    s3 =
        LocalS3.builder()
            .port(-1)
            .mode(LocalS3Mode.IN_MEMORY)
            .initialDataCacheEnabled(false)
            .build();
    s3.start();
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
        "edit.evaluator.copies",
        folder.resolve("cache").toString(),
        "edit.evaluator.s3.endpoint",
        "http://127.0.0.1:" + s3.getPort(),
        "edit.evaluator.console.token",
        CONSOLE_TOKEN);
  }

  @Override
  public void stop() {
    kafka.close();
    s3.shutdown();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
