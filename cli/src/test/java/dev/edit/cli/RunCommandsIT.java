package dev.edit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.cli.pipeline.RecordPublisher;
import dev.edit.cli.runs.RunStory;
import dev.edit.cli.runs.RunTopics;
import dev.edit.contracts.Run;
import dev.edit.contracts.Run.Desired;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.Topics;
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The verbs of runs against a real broker; the test tells what a dispatcher would. */
class RunCommandsIT {
  @TempDir private static Path folder;
  private static EmbeddedKafka kafka;

  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(folder);
    kafka.createTopics(PipelineTopics.dataPartitions(2));
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < 6; i++) {
        byte[] value = "any".getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(Topics.KEY_STEPS, "k" + i, value)).get();
      }
      producer
          .send(
              new ProducerRecord<>(
                  Topics.RUN_EVENTS, "x", "no event".getBytes(StandardCharsets.UTF_8)))
          .get();
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private int edit(String... arguments) {
    CommandLine line = Edit.commandLine();
    line.setErr(new PrintWriter(err, true));
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--bootstrap-servers";
    all[arguments.length + 1] = kafka.bootstrapServers();
    return line.execute(all);
  }

  private static int create(RunCommandsIT test, String id) {
    return test.edit("run", "create", "--id", id, "--recipe", "edit", "--student", "/models/7b");
  }

  private static RunStory story(String id) {
    try (RunTopics topics = new RunTopics(kafka.bootstrapServers())) {
      topics.catchUp();
      assertThat(topics.unreadable()).isOne();
      return topics.find(id).orElseThrow();
    }
  }

  private static void tell(String run, State state, int attempt, String message) throws Exception {
    try (RecordPublisher publisher = new RecordPublisher(kafka.bootstrapServers())) {
      RunEvent event = new RunEvent(run, Instant.now(), state, null, message, null);
      publisher.publish(Topics.RUN_EVENTS, RunEvent.class, List.of(event.ofAttempt(attempt)));
    }
  }

  @Test
  void shouldOrderARunOnAllThatIsThereAndOnceOnly() {
    assertThat(create(this, "new")).isZero();
    assertThat(create(this, "new")).isZero();

    Run run = story("new").run().orElseThrow();
    assertThat(run.dataset().offsets().stream().mapToLong(r -> r.to() - r.from()).sum())
        .isEqualTo(6);
    assertThat(run.hyperparameters().lora()).isNotNull();
    assertThat(edit("run", "create", "--id", "new", "--recipe", "std-cot", "--student", "s"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("new exists with other settings");
  }

  @Test
  void shouldCancelAndRetryARun() throws Exception {
    create(this, "again");
    tell("again", State.RUNNING, 1, null);
    assertThat(edit("run", "retry", "again")).isEqualTo(1);
    assertThat(edit("run", "cancel", "again", "--json")).isZero();
    assertThat(story("again").run().orElseThrow().wantsCancel()).isTrue();
    tell("again", State.CANCELLED, 1, "cancelled by its owner");

    assertThat(edit("run", "retry", "again")).isZero();

    Run.Order order = story("again").run().orElseThrow().order();
    assertThat(order).isEqualTo(new Run.Order(2, Desired.TRAINED));
    assertThat(err.toString()).contains("cancel it first");
  }

  @Test
  void shouldWatchUntilTheEndAndSayByItsExitCodeHowThatWas() throws Exception {
    create(this, "good");
    create(this, "bad");
    tell("good", State.PENDING, 1, "no GPU is free");
    tell("good", State.SUCCEEDED, 1, null);
    tell("bad", State.FAILED, 1, "no memory");

    assertThat(edit("run", "watch", "good")).isZero();
    assertThat(edit("run", "watch", "bad", "--json")).isEqualTo(1);
    create(this, "slow");
    assertThat(edit("run", "watch", "slow", "--timeout", "1")).isEqualTo(1);
    assertThat(err.toString()).contains("slow has not ended within 1 s");
  }

  @Test
  void shouldListAndShowRunsAndNameOnesThatAreNotThere() {
    create(this, "shown");

    assertThat(edit("run", "list")).isZero();
    assertThat(edit("run", "list", "--json")).isZero();
    assertThat(edit("run", "show", "shown")).isZero();
    assertThat(edit("run", "show", "absent")).isEqualTo(1);
    assertThat(edit("run", "cancel", "../absent")).isEqualTo(1);
    assertThat(err.toString()).contains("no run absent", "'run'");
  }

  @Test
  void shouldTakeARunFromAFileAndNameTheFieldThatIsWrong() throws Exception {
    Path file = folder.resolve("run.json");
    create(this, "pattern");
    byte[] json =
        dev.edit.contracts.codec.RecordCodec.of(Run.class)
            .encode(story("pattern").run().orElseThrow());
    String text = new String(json, StandardCharsets.UTF_8).replace("\"pattern\"", "\"filed\"");
    Files.writeString(file, text);
    assertThat(edit("run", "create", "--file", file.toString())).isZero();
    assertThat(story("filed").run()).isPresent();

    Files.writeString(file, text.replace("\"seed\":0", "\"seed\":\"many\""));

    assertThat(edit("run", "create", "--file", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("run.json").contains("seed");
  }
}
