package dev.edit.trainer;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Run;
import dev.edit.contracts.Run.PartitionRange;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.Sha256;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.embeddedkafka.TopicReader;
import dev.edit.trainer.domain.Samples;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The dispatcher against a real broker, its workers real processes that train a tiny student. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
class TrainerIT {
  private static final Duration LONG = Duration.ofMinutes(4);

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String servers;

  @ConfigProperty(name = "edit.trainer.checkpoints")
  Path root;

  private final Map<Integer, long[]> ranges = new TreeMap<>();

  @Test
  void shouldTrainARunToItsLastCheckpointAndGiveTheSameBytesAgain() throws Exception {
    Path student = TinyStudent.write(root.resolveSibling("student"));
    publishKeySteps(TinyStudent.records(student, 40));
    send(Topics.RUNS, "poison", "not a run".getBytes(StandardCharsets.UTF_8));
    publish(Topics.RUNS, Run.class, run("first", student, 40, 10));
    publish(Topics.RUNS, Run.class, run("second", student, 40, 10));

    await().atMost(LONG).until(() -> end("second").isPresent());

    assertThat(states("first")).containsExactly(State.ACCEPTED, State.RUNNING, State.SUCCEEDED);
    List<Checkpoint> checkpoints = read(Topics.CHECKPOINTS, Checkpoint.class);
    List<Checkpoint> first = checkpoints.stream().filter(c -> c.run().equals("first")).toList();
    assertThat(first).extracting(Checkpoint::stage).containsExactly("sft", "krsl");
    assertThat(first).extracting(Checkpoint::last).containsExactly(false, true);
    Checkpoint last = first.get(1);
    assertThat(last.sha256()).isEqualTo(Sha256.of(Path.of(last.uri(), "model.safetensors")));
    assertThat(last.manifest().records()).isEqualTo(40);
    assertThat(last.manifest().offsets()).hasSize(2);
    Checkpoint second =
        checkpoints.stream().filter(c -> c.key().equals("second/krsl")).findFirst().orElseThrow();
    assertThat(second.sha256()).isEqualTo(last.sha256());
    assertThat(second.manifest().datasetSha256()).isEqualTo(last.manifest().datasetSha256());
    assertThat(read(Topics.DEAD_LETTERS, DeadLetter.class))
        .filteredOn(letter -> letter.stage().equals("dispatch"))
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("not-json"));
    get("/q/metrics").then().statusCode(200).body(containsString("edit_trainer_runs_active"));
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                get("/q/metrics").then().body(containsString("edit_trainer_loss{stage=\"krsl\"")));
  }

  @Test
  void shouldTellFailureWhenTheStudentIsMissing() throws IOException {
    publish(Topics.RUNS, Run.class, run("no-student", Path.of("absent"), 1, 0));

    await().atMost(LONG).until(() -> end("no-student").isPresent());

    RunEvent end = end("no-student").orElseThrow();
    assertThat(end.state()).isEqualTo(State.FAILED);
    assertThat(end.message()).contains("student: ", "absent", "expected a folder");
    assertThat(Files.readString(root.resolve("no-student").resolve("worker.log")))
        .contains("run no-student failed", "expected a folder");
  }

  @Test
  void shouldTellFailureWhenTheWorkerIsKilled() throws Exception {
    Path student = TinyStudent.write(root.resolveSibling("student-of-killed"));
    publishKeySteps(TinyStudent.records(student, 20));
    publish(Topics.RUNS, Run.class, run("killed", student, 1_000_000, 0));
    await().atMost(LONG).until(() -> states("killed").contains(State.RUNNING));

    worker("killed").orElseThrow().destroyForcibly();

    await().atMost(LONG).until(() -> end("killed").isPresent());
    RunEvent end = end("killed").orElseThrow();
    assertThat(end.state()).isEqualTo(State.FAILED);
    assertThat(end.message())
        .contains("exit code 137", root.resolve("killed").resolve("worker.log").toString());
  }

  @Test
  void shouldTellFailureWhenTheRunDoesNotFitTogether() {
    Run shape = run("unfit", Path.of("absent"), 1, 5);
    Run unfit =
        new Run(
            "unfit",
            Recipe.DPO,
            shape.student(),
            shape.hyperparameters(),
            shape.dataset(),
            shape.seed());

    publish(Topics.RUNS, Run.class, unfit);

    await().atMost(LONG).until(() -> end("unfit").isPresent());
    RunEvent end = end("unfit").orElseThrow();
    assertThat(states("unfit")).containsExactly(State.FAILED);
    assertThat(end.reason()).isEqualTo("invalid-run");
    assertThat(end.message()).contains("'hyperparameters.dpo'", "a value", "the recipe is dpo");
  }

  @Test
  void shouldNotTrainAgainWhenARunIsPublishedTwice() {
    publish(Topics.RUNS, Run.class, run("twice", Path.of("absent"), 1, 0));
    await().atMost(LONG).until(() -> end("twice").isPresent());

    publish(Topics.RUNS, Run.class, run("twice", Path.of("absent"), 1, 0));
    publish(Topics.RUNS, Run.class, run("after-twice", Path.of("absent"), 1, 0));

    await().atMost(LONG).until(() -> end("after-twice").isPresent());
    assertThat(states("twice")).containsExactly(State.ACCEPTED, State.FAILED);
  }

  @Test
  void shouldAnswerHealthAndMetrics() {
    get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP")));
    get("/q/health/started").then().statusCode(200);
    get("/q/metrics").then().statusCode(200).body(containsString("edit_trainer_run_states_total"));
  }

  private Run run(String id, Path student, int sftSteps, int krslSteps) {
    Run shape = Samples.run(id, Recipe.EDIT, sftSteps, krslSteps, 64, List.of());
    List<PartitionRange> offsets = new ArrayList<>();
    ranges.forEach((p, range) -> offsets.add(new PartitionRange(p, range[0], range[1])));
    if (offsets.isEmpty()) {
      offsets.add(new PartitionRange(0, 0, 1));
    }
    return new Run(
        id,
        shape.recipe(),
        student.toString(),
        shape.hyperparameters(),
        new Run.DatasetSelector(offsets, List.of()),
        7);
  }

  private Optional<ProcessHandle> worker(String run) throws IOException {
    return ProcessHandle.current()
        .descendants()
        .filter(child -> commandLine(child.pid()).contains("--run\0" + run + "\0"))
        .findFirst();
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
    } catch (IOException e) {
      return ""; // It ended in the meantime.
    }
  }

  private void publishKeySteps(List<KeySteps> records) throws Exception {
    RecordCodec<KeySteps> codec = RecordCodec.of(KeySteps.class);
    try (KafkaProducer<String, byte[]> producer = producer()) {
      for (KeySteps record : records) {
        var at =
            producer
                .send(new ProducerRecord<>(Topics.KEY_STEPS, record.key(), codec.encode(record)))
                .get();
        long[] range =
            ranges.computeIfAbsent(at.partition(), p -> new long[] {at.offset(), at.offset()});
        range[1] = at.offset() + 1;
      }
    }
  }

  private <T extends EventRecord> void publish(String topic, Class<T> type, T value) {
    send(topic, value.key(), RecordCodec.of(type).encode(value));
  }

  private void send(String topic, String key, byte[] value) {
    try (KafkaProducer<String, byte[]> producer = producer()) {
      producer.send(new ProducerRecord<>(topic, key, value));
    }
  }

  private KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", servers), new StringSerializer(), new ByteArraySerializer());
  }

  private <T extends EventRecord> List<T> read(String topic, Class<T> type) {
    RecordCodec<T> codec = RecordCodec.of(type);
    try (TopicReader reader = new TopicReader(servers)) {
      return reader.read(topic).stream().map(record -> codec.decode(record.value())).toList();
    }
  }

  private List<State> states(String run) {
    return read(Topics.RUN_EVENTS, RunEvent.class).stream()
        .filter(event -> event.run().equals(run))
        .map(RunEvent::state)
        .distinct()
        .toList();
  }

  private Optional<RunEvent> end(String run) {
    return read(Topics.RUN_EVENTS, RunEvent.class).stream()
        .filter(event -> event.run().equals(run) && event.state().isFinal())
        .findFirst();
  }
}
