package dev.edit.generator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.contracts.Cot;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.Problem.Split;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import dev.edit.embeddedkafka.TopicReader;
import dev.edit.generator.it.ChatServer.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays a real teacher's published outputs through the packaged worker: D+ and D- must have the
 * sizes that the published accuracies imply. Skipped where the data are not beside the checkout.
 */
class ReplayIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPEN = "\nA: Let's think step by step.";
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir Path folder;

  @Test
  void shouldSplitRightFromWrongAsThePublisherDid() throws Exception {
    Optional<Path> outputs = SharedData.find("teacher-cots");
    Optional<Path> pack = SharedData.find("bbh");
    assumeThat(outputs).isPresent();
    assumeThat(pack).isPresent();
    List<Problem> problems = new ArrayList<>();
    Map<String, String> recorded = new HashMap<>();
    read(outputs.orElseThrow(), problems, recorded);
    try (ChatServer teacher = new ChatServer((prompt, call) -> replay(prompt, recorded));
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
      kafka.createTopics(PipelineTopics.dataPartitions(3));
      Publisher.publish(kafka.bootstrapServers(), problems);
      Map<String, String> environment =
          Map.of(
              "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
              "EDIT_GENERATOR_TEACHER_URL", teacher.url(),
              "EDIT_GENERATOR_TEACHER_MODEL", "replayed",
              "EDIT_GENERATOR_ATTEMPTS_ANNOTATE", "1",
              "EDIT_GENERATOR_PROMPT_PACK", pack.orElseThrow().toString());
      try (Worker worker = Worker.start(folder, environment);
          TopicReader reader = new TopicReader(kafka.bootstrapServers())) {
        await().atMost(PATIENCE).until(() -> annotated(reader) >= problems.size());
        assertThat(worker.stop()).isIn(0, 143);
        assertThat(sizes(reader)).isEqualTo(published(outputs.orElseThrow()));
      }
    }
  }

  private static void read(Path outputs, List<Problem> problems, Map<String, String> recorded)
      throws IOException {
    for (Path file : files(outputs, ".jsonl")) {
      for (String line : Files.readAllLines(file)) {
        JsonNode row = JSON.readTree(line);
        String question = row.get("question").textValue();
        problems.add(
            new Problem(
                row.get("id").textValue(),
                row.get("task").textValue(),
                question,
                row.get("target").textValue(),
                Split.TRAIN,
                Domain.IN,
                "bbh",
                null));
        recorded.put(question.strip(), row.get("cot").textValue());
      }
    }
  }

  /** The recorded text for a CEP prompt; the other stages are not what is replayed. */
  private static Response replay(String prompt, Map<String, String> recorded) {
    if (prompt.endsWith(OPEN) && !prompt.contains("\nH: The correct answer is ")) {
      String open = prompt.substring(0, prompt.length() - OPEN.length());
      for (int at = open.indexOf("\nQ: "); at >= 0; at = open.indexOf("\nQ: ", at + 1)) {
        String text = recorded.get(open.substring(at + "\nQ: ".length()).strip());
        if (text != null) {
          return Response.text(text);
        }
      }
    }
    return Response.error(404, Map.of());
  }

  private static int annotated(TopicReader reader) {
    return reader.read(Topics.RIGHT_COTS).size()
        + reader.read(Topics.WRONG_COTS).size()
        + (int) unanswered(reader).count();
  }

  private static Stream<DeadLetter> unanswered(TopicReader reader) {
    RecordCodec<DeadLetter> codec = RecordCodec.of(DeadLetter.class);
    return reader.read(Topics.DEAD_LETTERS).stream()
        .map(item -> codec.decode(item.value()))
        .filter(dead -> dead.stage().equals("annotate"));
  }

  /** Right, and wrong or unanswered, by task. */
  private record Sizes(long right, long rest) {
    Sizes plus(Sizes other) {
      return new Sizes(right + other.right, rest + other.rest);
    }
  }

  private static Map<String, Sizes> sizes(TopicReader reader) {
    RecordCodec<Cot> cots = RecordCodec.of(Cot.class);
    Map<String, Sizes> sizes = new TreeMap<>();
    reader
        .read(Topics.RIGHT_COTS)
        .forEach(
            item ->
                sizes.merge(
                    cots.decode(item.value()).problem().task(), new Sizes(1, 0), Sizes::plus));
    reader
        .read(Topics.WRONG_COTS)
        .forEach(
            item ->
                sizes.merge(
                    cots.decode(item.value()).problem().task(), new Sizes(0, 1), Sizes::plus));
    unanswered(reader)
        .forEach(dead -> sizes.merge(dead.id().split("/")[1], new Sizes(0, 1), Sizes::plus));
    return sizes;
  }

  private static Map<String, Sizes> published(Path outputs) throws IOException {
    Map<String, Sizes> published = new TreeMap<>();
    for (Path file : files(outputs, ".accuracy.json")) {
      JsonNode accuracy = JSON.readTree(file.toFile());
      long n = accuracy.get("n").longValue();
      long right = Math.round(n * accuracy.get("published_accuracy_percent").doubleValue() / 100);
      published.put(accuracy.get("task").textValue(), new Sizes(right, n - right));
    }
    return published;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
