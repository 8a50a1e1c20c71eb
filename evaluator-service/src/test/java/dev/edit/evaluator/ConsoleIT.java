package dev.edit.evaluator;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RawRecord;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.embeddedkafka.TopicReader;
import dev.edit.evaluator.domain.console.ConsoleRecords;
import dev.edit.evaluator.messaging.console.DeadLetterReplay;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The console's HTTP side over a real broker. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
class ConsoleIT {
  private static final Duration LONG = Duration.ofMinutes(1);

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String servers;

  @Test
  void shouldServeItsFrontEndUnderAStrictPolicyWhenOpened() {
    get("/")
        .then()
        .statusCode(200)
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .header("Content-Security-Policy", containsString("script-src 'self';"))
        .header("Content-Security-Policy", not(containsString("unsafe")))
        .header("X-Content-Type-Options", "nosniff")
        .body(containsString("/console/app.js"));
    for (String file :
        List.of(
            "/console/app.js",
            "/console/style.css",
            "/_static/htm/3.1.1/preact/standalone.module.js",
            "/webjars/uplot/1.6.30/dist/uPlot.esm.js",
            "/webjars/uplot/1.6.30/dist/uPlot.min.css")) {
      get(file).then().statusCode(200);
    }
  }

  @Test
  void shouldShowAPairWithItsKeyStepsWhenItIsOnTheTopic() {
    KeySteps pair =
        ConsoleRecords.pair("browse/1", "browsing", DualCot.Origin.RECTIFIED, "logical", 0.75);
    RecordMetadata at = publish(Topics.KEY_STEPS, KeySteps.class, pair);

    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                get("/api/pairs?task=browsing&mistake=logical&from=0.7&to=0.8")
                    .then()
                    .statusCode(200)
                    .body("total", equalTo(1))
                    .body("entries[0].id", equalTo("browse/1")));
    get("/api/pairs/" + at.partition() + "/" + at.offset())
        .then()
        .statusCode(200)
        .body("question", equalTo("What is 1 plus 2?"))
        .body("right.stretches.find { it.key }.text", equalTo("3"))
        .body("wrong.stretches.find { it.key }.text", equalTo("4"));
    get("/api/pairs/facets").then().body("tasks.browsing", equalTo(1));
  }

  @Test
  void shouldShowWhereARunStandsWhenEventsCome() {
    publish(
        Topics.RUN_EVENTS,
        RunEvent.class,
        new RunEvent(
            "shown",
            Instant.parse("2026-01-01T00:00:00Z"),
            RunEvent.State.RUNNING,
            "sft",
            "<script>alert(1)</script>",
            ConsoleRecords.progress(5, 10)));

    await().atMost(LONG).untilAsserted(() -> get("/api/runs").then().body("id", hasItem("shown")));
    get("/api/runs/shown")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("X-Content-Type-Options", "nosniff")
        .body("line.state", equalTo("RUNNING"))
        .body("messages[0].text", equalTo("<script>alert(1)</script>"))
        .body("curves.sft[0].step", equalTo(5));
    get("/api/overview").then().body("runs.RUNNING", equalTo(1)).body("lagError", equalTo(null));
  }

  @Test
  void shouldNameTheParameterWhenItIsOutOfRange() {
    get("/api/pairs?from=2").then().statusCode(400).body("error", containsString("similarity"));
    get("/api/pairs?origin=X").then().statusCode(400).body("error", containsString("RECTIFIED"));
    get("/api/pairs?limit=5000")
        .then()
        .statusCode(400)
        .body("error", equalTo("limit: expected 1 to 50, got 5000"));
    get("/api/pairs/0/-1").then().statusCode(400).body("error", containsString("offset"));
    get("/api/pairs/99/5").then().statusCode(404);
    get("/api/runs/..%2f..%2fx").then().statusCode(404);
    get("/api/dead-letters/0/999999").then().statusCode(404);
  }

  @Test
  void shouldSendARecordInAgainWhenTheTokenIsShown() {
    Problem problem = ConsoleRecords.train("replay/1", "sums", "What is 1 plus 2?");
    RecordMetadata origin = publish(Topics.PROBLEMS, Problem.class, problem);
    RecordMetadata letter = publish(Topics.DEAD_LETTERS, DeadLetter.class, letter(problem, origin));
    String path = "/api/dead-letters/" + letter.partition() + "/" + letter.offset();
    get(path).then().statusCode(200).body("reason", equalTo("teacher-no-answer"));

    given().post(path + "/replay").then().statusCode(401).header("WWW-Authenticate", "Bearer");
    given().header("Authorization", "Bearer x").post(path + "/replay").then().statusCode(401);
    given()
        .header("Authorization", "Bearer " + KafkaResource.CONSOLE_TOKEN)
        .post(path + "/replay")
        .then()
        .statusCode(200)
        .body("topic", equalTo(Topics.PROBLEMS));

    List<ConsumerRecord<String, byte[]>> copies = copiesOf("replay/1");
    assertThat(copies).hasSize(2);
    assertThat(copies.get(1).value()).isEqualTo(copies.get(0).value());
    assertThat(copies.get(1).headers().lastHeader(DeadLetterReplay.HEADER).value())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(letter.partition() + "/" + letter.offset());
  }

  private static DeadLetter letter(Problem problem, RecordMetadata origin) {
    RawRecord raw =
        new RawRecord(
            origin.topic(),
            origin.partition(),
            origin.offset(),
            RecordCodec.of(Problem.class).encode(problem));
    return new DeadLetter(
        problem.id(), "annotate", "teacher-no-answer", "no", 3, raw.text(), raw.pointer());
  }

  private List<ConsumerRecord<String, byte[]>> copiesOf(String key) {
    try (TopicReader reader = new TopicReader(servers)) {
      return reader.read(Topics.PROBLEMS).stream().filter(r -> key.equals(r.key())).toList();
    }
  }

  private <T extends EventRecord> RecordMetadata publish(String topic, Class<T> type, T record) {
    Map<String, Object> settings = Map.of("bootstrap.servers", servers, "acks", "all");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      return producer
          .send(new ProducerRecord<>(topic, record.key(), RecordCodec.of(type).encode(record)))
          .get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
