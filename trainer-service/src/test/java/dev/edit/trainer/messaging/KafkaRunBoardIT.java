package dev.edit.trainer.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Run;
import dev.edit.contracts.Run.PartitionRange;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.Topics;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.recordloop.KafkaClients;
import dev.edit.recordloop.Output;
import dev.edit.trainer.domain.RunHistory.Placed;
import dev.edit.trainer.domain.RunHistory.Standing;
import dev.edit.trainer.domain.RunLauncher.Note;
import dev.edit.trainer.domain.Samples;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dispatcher and its operator read out of the topics of a real broker. */
class KafkaRunBoardIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static EmbeddedKafka kafka;
  private static Producer<String, byte[]> producer;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(folder);
    kafka.createTopics(topic -> topic.name().equals(Topics.KEY_STEPS) ? 2 : 1);
    producer = new KafkaClients(kafka.bootstrapServers()).plain();
  }

  @AfterAll
  static void stop() {
    producer.close();
    kafka.close();
  }

  private static <T extends EventRecord> void put(String topic, Class<T> type, T value)
      throws Exception {
    producer.send(Output.of(topic, type, value).toRecord()).get();
  }

  private static void tell(String run, State state, int attempt, String message) throws Exception {
    RunEvent event = new RunEvent(run, Instant.EPOCH, state, null, message, null);
    put(Topics.RUN_EVENTS, RunEvent.class, event.ofAttempt(attempt));
  }

  private static Run run(String id) {
    return Samples.run(id, Recipe.EDIT, 1, 1, 64, List.of());
  }

  @Test
  void shouldSeeWhatItOrderedAndWhatIsToldOfIt() throws Exception {
    byte[] garbage = "no record".getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(Topics.KEY_STEPS, 1, "k", garbage)).get();
    producer.send(new ProducerRecord<>(Topics.RUN_EVENTS, "k", garbage)).get();
    try (KafkaRunBoard board =
        new KafkaRunBoard(
            kafka.bootstrapServers(),
            PATIENCE,
            new KafkaClients(kafka.bootstrapServers()).plain())) {
      assertThat(board.wholeDataset())
          .containsExactly(new PartitionRange(0, 0, 0), new PartitionRange(1, 0, 1));

      board.order(run("board"));
      assertThat(board.sight("board").run()).isEqualTo(run("board"));
      assertThat(board.news()).contains("board");
      assertThat(board.news()).isEmpty();

      tell("board", State.PENDING, 1, "no GPU is free");
      assertThat(board.sight("board").state()).contains(State.PENDING);
      assertThat(board.sight("board").message()).isEqualTo("no GPU is free");
      assertThat(board.news()).containsExactly("board");

      producer.send(new ProducerRecord<>(Topics.RUNS, "board", null)).get();
      assertThat(board.sight("board").run()).isNull();
    }
  }

  @Test
  void shouldTellAttemptsApart() throws Exception {
    KafkaRunHistory history = new KafkaRunHistory(kafka.bootstrapServers(), PATIENCE);
    Run second = run("tried").withOrder(new Run.Order(2, Run.Desired.TRAINED));
    put(Topics.RUNS, Run.class, run("tried"));
    assertThat(history.standing("tried", 1)).isEqualTo(Standing.UNKNOWN);
    tell("tried", State.ACCEPTED, 1, null);
    tell("tried", State.PENDING, 1, "no GPU is free");
    assertThat(history.standing("tried", 1)).isEqualTo(Standing.ACCEPTED);
    assertThat(history.lastNote("tried", 1)).contains(new Note(State.PENDING, "no GPU is free"));
    assertThat(history.unfinished(Set.of(0))).containsExactly(new Placed(run("tried"), 0));
    assertThat(history.unfinished(Set.of(1))).isEmpty();
    tell("tried", State.FAILED, 1, "no memory");
    assertThat(history.standing("tried", 1)).isEqualTo(Standing.FINISHED);
    assertThat(history.standing("tried", 2)).isEqualTo(Standing.UNKNOWN);

    put(Topics.RUNS, Run.class, second);
    tell("tried", State.ACCEPTED, 2, null);

    assertThat(history.standing("tried", 2)).isEqualTo(Standing.ACCEPTED);
    assertThat(history.lastNote("tried", 2)).isEmpty();
    assertThat(history.unfinished(Set.of(0))).containsExactly(new Placed(second, 0));
  }
}
