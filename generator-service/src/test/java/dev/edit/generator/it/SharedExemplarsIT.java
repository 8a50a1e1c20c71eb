package dev.edit.generator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.Problem.Split;
import dev.edit.contracts.Topics;
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import dev.edit.embeddedkafka.TopicReader;
import dev.edit.generator.it.ChatServer.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rectified pairs are shared by all workers and known again after a restart. Each worker has a
 * teacher that signs its texts, so a prompt shows whose pairs it holds; patience is ten minutes, so
 * that nothing here could end without them.
 */
class SharedExemplarsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int WRONG = 40;
  private static final int RIGHT = 60;

  @TempDir Path folder;
  private EmbeddedKafka kafka;
  private TopicReader reader;
  private ChatServer first;
  private ChatServer second;
  private ChatServer restarted;

  @BeforeEach
  void start() throws IOException {
    first = teacher("Anna");
    second = teacher("Bert");
    restarted = teacher("Cleo");
    kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka.createTopics(PipelineTopics.dataPartitions(2));
    reader = new TopicReader(kafka.bootstrapServers());
    Path pack = Files.createDirectories(folder.resolve("pack/cot-prompts"));
    Files.writeString(
        pack.resolve(Surroundings.TASK + ".txt"),
        "Count.\n\nQ: up to 2\nA: Let's think step by step.\nOne, two. So the answer is 2.\n");
  }

  @AfterEach
  void stop() {
    reader.close();
    kafka.close();
    List.of(first, second, restarted).forEach(ChatServer::close);
  }

  @Test
  void shouldShowEveryWorkersPairsToEachAndAfterARestart() throws Exception {
    try (Worker anna = worker("anna", first);
        Worker bert = worker("bert", second)) {
      await().atMost(PATIENCE).until(() -> anna.ready() && bert.ready());
      publish("wrong", WRONG);
      await().atMost(PATIENCE).until(() -> duals() == WRONG);
      assertThat(first.calls("H: The correct answer is 5")).as("rectified by Anna").isPositive();
      assertThat(second.calls("H: The correct answer is 5")).as("rectified by Bert").isPositive();

      publish("right", RIGHT);
      await().atMost(PATIENCE).until(() -> duals() == WRONG + RIGHT);
      for (ChatServer teacher : List.of(first, second)) {
        assertThat(teacher.calls("Right Response: Count with Anna")).isPositive();
        assertThat(teacher.calls("Right Response: Count with Bert")).isPositive();
      }
      anna.stop();
      bert.stop();
    }
    try (Worker cleo = worker("anna", restarted)) {
      publish("again", RIGHT);
      await().atMost(PATIENCE).until(() -> duals() == WRONG + 2 * RIGHT);
      assertThat(restarted.calls("H: The correct answer is 5")).as("rectified by Cleo").isZero();
      assertThat(restarted.calls("Right Response: Count with Anna")).isPositive();
      assertThat(restarted.calls("Right Response: Count with Bert")).isPositive();
      cleo.stop();
    }
  }

  private static ChatServer teacher(String name) throws IOException {
    return new ChatServer(
        (prompt, call) -> {
          Response reply = ScriptedChats.reply(prompt, call);
          return new Response(
              reply.status(),
              reply.headers(),
              reply.body().replace("Count to", "Count with " + name + " to"));
        });
  }

  private Worker worker(String instance, ChatServer teacher) {
    return Worker.start(
        folder,
        Map.of(
            "KAFKA_BOOTSTRAP_SERVERS",
            kafka.bootstrapServers(),
            "EDIT_GENERATOR_TEACHER_URL",
            teacher.url(),
            "EDIT_GENERATOR_TEACHER_MODEL",
            "scripted",
            "EDIT_GENERATOR_INSTANCE",
            instance,
            "EDIT_GENERATOR_PATIENCE",
            "PT10M",
            "EDIT_GENERATOR_PROMPT_PACK",
            folder.resolve("pack").toString()));
  }

  private int duals() {
    return reader.read(Topics.DUAL_COTS).size();
  }

  private void publish(String behaviour, int count) {
    Publisher.publish(
        kafka.bootstrapServers(),
        IntStream.range(5000, 5000 + count)
            .mapToObj(
                gold ->
                    new Problem(
                        behaviour + "/" + gold,
                        Surroundings.TASK,
                        "[" + behaviour + "] " + gold,
                        Integer.toString(gold),
                        Split.TRAIN,
                        Domain.IN,
                        "it",
                        null))
            .toList());
  }
}
