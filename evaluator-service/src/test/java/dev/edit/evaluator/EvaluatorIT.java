package dev.edit.evaluator;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.edit.artifacts.ArtifactStore;
import dev.edit.artifacts.Artifacts;
import dev.edit.artifacts.S3Settings;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.HeldOut;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Run;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.Sha256;
import dev.edit.contracts.recipe.Presets;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.embeddedkafka.TopicReader;
import dev.edit.evaluator.domain.Duals;
import dev.edit.evaluator.domain.Samples;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The evaluator against a real broker, with a tiny random student that really decodes. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
class EvaluatorIT {
  private static final Duration LONG = Duration.ofMinutes(4);

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String servers;

  @ConfigProperty(name = "edit.evaluator.s3.endpoint")
  URI s3;

  @ConfigProperty(name = "edit.evaluator.samples")
  Path samples;

  private Path student;
  private String weights;
  private String tokenizer;

  @BeforeEach
  void publishProblems() throws IOException {
    student = samples.resolveSibling("student");
    if (!Files.exists(student)) {
      TinyStudent.write(student);
    }
    weights = Sha256.of(student.resolve("model.safetensors"));
    tokenizer = "sha256:" + Sha256.of(student.resolve("tokenizer.json"));
    for (int i = 0; i < 6; i++) {
      boolean in = i % 2 == 0;
      publish(
          Topics.PROBLEMS,
          Problem.class,
          Samples.problem(
              "test/" + i,
              "sums",
              in ? "families-in" : "families-harder",
              in ? Problem.Domain.IN : Problem.Domain.OUT));
    }
  }

  @Test
  void shouldEvaluateTheLastCheckpointAlikeEveryTime() throws IOException {
    publish(Topics.CHECKPOINTS, Checkpoint.class, checkpoint("first", false, weights));
    publish(Topics.CHECKPOINTS, Checkpoint.class, checkpoint("second", true, weights));
    publish(Topics.CHECKPOINTS, Checkpoint.class, checkpoint("second", true, weights));

    await().atMost(LONG).until(() -> evaluations("second").size() == 8);

    List<Evaluation> evaluations = evaluations("second");
    assertThat(evaluations)
        .extracting(Evaluation::label)
        .startsWith(
            "families-harder",
            "families-harder (self-consistency)",
            "families-in",
            "families-in (self-consistency)");
    assertThat(evaluations.subList(4, 8)).isEqualTo(evaluations.subList(0, 4));
    assertThat(evaluations.subList(0, 4)).extracting(Evaluation::key).doesNotHaveDuplicates();
    assertThat(evaluations.get(0).overall().n()).isEqualTo(3);
    assertThat(evaluations.get(0).domain()).isEqualTo(Problem.Domain.OUT);
    assertThat(evaluations.get(0).checkpoint()).isEqualTo(weights);
    assertThat(evaluations("first")).isEmpty();
    try (Stream<Path> files = Files.list(samples.resolve("second"))) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .anyMatch(name -> name.matches("samples_families-in_sums_2.*"))
          .anyMatch(name -> name.startsWith("samples_families-in_sums_self-consistency_2"))
          .anyMatch(name -> name.startsWith("results_"));
    }
    get("/q/metrics").then().body(containsString("edit_evaluator_checkpoints_total"));
  }

  @Test
  void shouldRefuseAndGoOnWhenACheckpointCannotBeRead() {
    send("poison", "{".getBytes(StandardCharsets.UTF_8));
    publish(Topics.CHECKPOINTS, Checkpoint.class, checkpoint("flipped", true, "0".repeat(64)));
    Checkpoint absent = Samples.checkpoint("absent", true, "/nowhere", weights, tokenizer);
    publish(Topics.CHECKPOINTS, Checkpoint.class, absent);
    publish(Topics.CHECKPOINTS, Checkpoint.class, checkpoint("good", true, weights));

    await().atMost(LONG).until(() -> evaluations("good").size() == 4);

    List<DeadLetter> letters = read(Topics.DEAD_LETTERS, DeadLetter.class);
    assertThat(letters).extracting(DeadLetter::reason).contains("not-json", "unusable-checkpoint");
    assertThat(letters)
        .extracting(DeadLetter::message)
        .anyMatch(m -> m.contains("/model.safetensors: expected SHA-256"))
        .anyMatch(message -> message.contains("/nowhere"));
    assertThat(letters).extracting(DeadLetter::id).doesNotHaveDuplicates();
  }

  @Test
  void shouldEvaluateAnAdapterOnItsBaseModel() throws IOException {
    Path adapter = TinyStudent.writeAdapter(student, samples.resolveSibling("adapter"));
    String digest = Sha256.of(adapter.resolve("adapter_model.safetensors"));
    publish(Topics.CHECKPOINTS, Checkpoint.class, adapter("adapted", adapter, digest));
    publish(Topics.CHECKPOINTS, Checkpoint.class, adapter("damaged", adapter, "0".repeat(64)));
    publish(Topics.CHECKPOINTS, Checkpoint.class, checkpoint("plain", true, weights));

    await().atMost(LONG).until(() -> evaluations("plain").size() == 4);

    // A new adapter adds nothing, so both students answer alike.
    assertThat(evaluations("adapted"))
        .extracting(Evaluation::outcomes)
        .isEqualTo(evaluations("plain").stream().map(Evaluation::outcomes).toList());
    assertThat(evaluations("damaged")).isEmpty();
    assertThat(read(Topics.DEAD_LETTERS, DeadLetter.class))
        .extracting(DeadLetter::message)
        .anyMatch(message -> message.contains("adapter_model.safetensors"));
  }

  @Test
  void shouldScoreTheKeyStepsThatARunHoldsOut() {
    for (int i = 0; i < 40; i++) {
      publish(Topics.KEY_STEPS, KeySteps.class, Duals.pair("sums/" + i, tokenizer));
    }
    List<Run.PartitionRange> everything =
        List.of(new Run.PartitionRange(0, 0, 1_000), new Run.PartitionRange(1, 0, 1_000));
    publish(
        Topics.RUNS,
        Run.class,
        new Run(
            "probed",
            Recipe.EDIT,
            student.toString(),
            Presets.named(Presets.PAPER, Recipe.EDIT),
            new Run.DatasetSelector(everything, List.of(), null, null, 0.5),
            7));
    publish(Topics.CHECKPOINTS, Checkpoint.class, checkpoint("probed", true, weights));
    publish(Topics.CHECKPOINTS, Checkpoint.class, checkpoint("probed", true, weights));

    await().atMost(LONG).until(() -> evaluations("probed").size() == 10);

    List<Evaluation> duals =
        evaluations("probed").stream().filter(evaluation -> !evaluation.graded()).toList();
    assertThat(duals).hasSize(2);
    assertThat(duals.get(0)).isEqualTo(duals.get(1));
    assertThat(duals.get(0).benchmark()).isEqualTo(Evaluation.HELD_OUT_DUALS);
    assertThat(duals.get(0).overall().n())
        .isEqualTo(
            (int) IntStream.range(0, 40).filter(i -> HeldOut.holds(0.5, "sums/" + i)).count());
    // All pairs are alike, so a random student finds them alike.
    assertThat(duals.get(0).keySteps().margin().stderr()).isLessThan(1e-6);
    assertThat(duals.get(0).keySteps().right().mean()).isNegative();
  }

  @Test
  void shouldFetchAnAdapterAndItsBaseFromS3() throws Exception {
    Path adapter = TinyStudent.writeAdapter(student, samples.resolveSibling("adapter-of-s3"));
    String digest = Sha256.of(adapter.resolve("adapter_model.safetensors"));
    HttpRequest bucket =
        HttpRequest.newBuilder(s3.resolve("/runs"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpClient.newHttpClient().send(bucket, HttpResponse.BodyHandlers.discarding());
    try (Artifacts artifacts = new Artifacts(S3Settings.of(s3), samples.resolveSibling("up"))) {
      ArtifactStore store = artifacts.store("s3://runs/trained");
      String base = store.publish("student", student);
      String uri = store.publish("remote/epoch-1/krsl", adapter);
      publish(Topics.CHECKPOINTS, Checkpoint.class, adapter("remote", uri, base, digest));
      publish(Topics.CHECKPOINTS, Checkpoint.class, adapter("away", uri + "x", base, digest));
    }
    publish(Topics.CHECKPOINTS, Checkpoint.class, adapter("local", adapter, digest));

    await().atMost(LONG).until(() -> evaluations("local").size() == 4);

    assertThat(evaluations("remote"))
        .extracting(Evaluation::outcomes)
        .isEqualTo(evaluations("local").stream().map(Evaluation::outcomes).toList());
    assertThat(read(Topics.DEAD_LETTERS, DeadLetter.class))
        .extracting(DeadLetter::message)
        .anyMatch(message -> message.contains("s3://runs/trained/remote/epoch-1/krslx"));
    try (Stream<Path> copies = Files.list(samples.resolveSibling("cache"))) {
      assertThat(copies).hasSize(2);
    }
  }

  private Checkpoint adapter(String run, Path folder, String sha256) {
    return adapter(run, folder.toString(), student.toString(), sha256);
  }

  private Checkpoint adapter(String run, String uri, String base, String sha256) {
    Checkpoint c = Samples.checkpoint(run, true, uri, sha256, tokenizer);
    return new Checkpoint(
        c.run(),
        c.recipe(),
        c.seed(),
        c.stage(),
        c.step(),
        c.last(),
        c.uri(),
        c.sha256(),
        c.manifest(),
        Checkpoint.Kind.ADAPTER,
        base,
        null);
  }

  @Test
  void shouldAnswerHealthAndMetrics() {
    get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP")));
    get("/q/health/started").then().statusCode(200);
    get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("edit_evaluator_unreadable_problems_total"));
  }

  private Checkpoint checkpoint(String run, boolean last, String sha256) {
    return Samples.checkpoint(run, last, student.toString(), sha256, tokenizer);
  }

  private List<Evaluation> evaluations(String run) {
    return read(Topics.EVALUATIONS, Evaluation.class).stream()
        .filter(evaluation -> evaluation.run().equals(run))
        .toList();
  }

  private <T extends EventRecord> void publish(String topic, Class<T> type, T value) {
    send(topic, value.key(), RecordCodec.of(type).encode(value));
  }

  private void send(String key, byte[] value) {
    send(Topics.CHECKPOINTS, key, value);
  }

  private void send(String topic, String key, byte[] value) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, key, value));
    }
  }

  private <T extends EventRecord> List<T> read(String topic, Class<T> type) {
    RecordCodec<T> codec = RecordCodec.of(type);
    try (TopicReader reader = new TopicReader(servers)) {
      return reader.read(topic).stream().map(record -> codec.decode(record.value())).toList();
    }
  }
}
