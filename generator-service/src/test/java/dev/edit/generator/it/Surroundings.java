package dev.edit.generator.it;

import static java.util.Map.entry;

import dev.edit.contracts.Topics;
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A broker, a scripted teacher and a prompt pack. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {
  static final String TASK = "counting";

  private static ChatServer teacher;

  private Path folder;
  private EmbeddedKafka kafka;

  static ChatServer teacher() {
    return teacher;
  }

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("generator-it");
      Path pack = folder.resolve("pack/cot-prompts");
      Files.createDirectories(pack);
      Files.writeString(
          pack.resolve(TASK + ".txt"),
          """
          Count.

          Q: up to 2
          A: Let's think step by step.
          One, two. So the answer is 2.
          """);
      teacher = new ChatServer(ScriptedChats::reply);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka.createTopics(PipelineTopics.dataPartitions(2));
    return Map.ofEntries(
        entry("kafka.bootstrap.servers", kafka.bootstrapServers()),
        entry("edit.generator.teacher.url", teacher.url()),
        entry("edit.generator.teacher.model", "scripted"),
        entry("edit.generator.teacher.api-key", "sk-canary"),
        entry("edit.generator.teacher.retry.first", "PT0.02S"),
        entry("edit.generator.teacher.retry.retry-after-cap", "PT3S"),
        entry("edit.generator.teacher.limits.longest-pause", "PT0.2S"),
        entry("edit.generator.prompt-pack", folder.resolve("pack").toString()),
        entry("edit.generator.patience", "PT10M"),
        entry("edit.generator.window", "8"));
  }

  @Override
  public void stop() {
    if (kafka != null) {
      kafka.close();
    }
    if (teacher != null) {
      teacher.close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The topics a problem may end on. */
  static List<String> ends() {
    return List.of(Topics.DUAL_COTS, Topics.DEAD_LETTERS);
  }
}
