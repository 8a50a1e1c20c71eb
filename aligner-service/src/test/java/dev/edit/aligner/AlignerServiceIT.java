package dev.edit.aligner;

import static dev.edit.aligner.StudentFixture.RIGHT;
import static dev.edit.aligner.StudentFixture.UNLIKE;
import static dev.edit.aligner.StudentFixture.WRONG;
import static dev.edit.aligner.StudentFixture.pair;
import static dev.edit.aligner.StudentFixture.sftOnly;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AlignerStack.class)
class AlignerServiceIT {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int PAIRS = 120;
  private static final int SFT_ONLY = 30;
  private static final RecordCodec<KeySteps> KEY_STEPS = RecordCodec.of(KeySteps.class);

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  private DualTopic topic;

  @BeforeEach
  void open() {
    topic = new DualTopic(bootstrapServers);
  }

  @AfterEach
  void close() {
    topic.close();
  }

  @Test
  void shouldAccountForEveryRecordAndGiveTheSameAgainWhenTheInputIsReplayed() {
    putInput();
    awaitOutcomes(PAIRS + SFT_ONLY, 8);

    requireOneOutcomeEach();
    requireMetrics();

    Map<String, String> before = values();
    putInput();
    awaitOutcomes(2 * (PAIRS + SFT_ONLY), 16);
    assertThat(values()).isEqualTo(before);
  }

  @Test
  void shouldAnswerLiveAndReadyWhenItIsInItsGroup() {
    await().atMost(LONG).untilAsserted(() -> get("/q/health/ready").then().statusCode(200));
    get("/q/health/live").then().statusCode(200).body(containsString("aligner runs"));
    get("/q/health/started").then().statusCode(200);
    get("/q/health").then().statusCode(200);
  }

  private void requireOneOutcomeEach() {
    Map<String, List<KeySteps>> steps =
        topic.read(Topics.KEY_STEPS).stream()
            .collect(
                Collectors.groupingBy(
                    ConsumerRecord::key,
                    Collectors.mapping(r -> KEY_STEPS.decode(r.value()), Collectors.toList())));
    assertThat(steps)
        .hasSize(PAIRS + SFT_ONLY)
        .allSatisfy((id, once) -> assertThat(once).hasSize(1));
    assertThat(steps.values().stream().filter(once -> once.get(0).wrong() == null))
        .hasSize(SFT_ONLY);
    assertThat(
            topic.deadLetters().stream()
                .collect(Collectors.toMap(DeadLetter::id, DeadLetter::reason)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "gated/identical", "identical",
                "gated/answer", "answer-not-different",
                "gated/unlike", "not-dual",
                "gated/long", "too-long",
                "poison/json", "not-json",
                "poison/version", "unsupported-schema-version",
                "poison/field", "invalid-field",
                "poison/large", "not-json"));
    assertThat(topic.deadLetters())
        .filteredOn(letter -> letter.id().equals("poison/large"))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.record()).isNull();
              assertThat(letter.pointer().sha256()).hasSize(64);
            });
  }

  private void putInput() {
    IntStream.range(0, PAIRS).forEach(i -> topic.put(pair("pair/" + i)));
    topic.put("poison/json", "this is no JSON");
    topic.put("poison/version", "{\"schemaVersion\": 99}");
    topic.put("poison/field", "{\"schemaVersion\": 1, \"origin\": \"CORRUPTED\"}");
    topic.put("poison/large", "x".repeat(200_000));
    topic.put("pair/tombstone", (String) null);
    topic.put(pair("gated/identical", RIGHT, RIGHT, "6"));
    topic.put(pair("gated/answer", RIGHT, WRONG.replace("is 6", "is 5"), "6"));
    topic.put(pair("gated/unlike", RIGHT, UNLIKE.replace("the answer is 7", "no"), "7"));
    topic.put(pair("gated/long", RIGHT, WRONG + " First then more".repeat(20), "6"));
    IntStream.range(0, SFT_ONLY).forEach(i -> topic.put(sftOnly("alone/" + i)));
    topic.flush();
  }

  private void awaitOutcomes(int keySteps, int deadLetters) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              assertThat(topic.read(Topics.KEY_STEPS))
                  .extracting(ConsumerRecord::key)
                  .hasSize(keySteps);
              assertThat(topic.deadLetters()).extracting(DeadLetter::id).hasSize(deadLetters);
            });
  }

  private static void requireMetrics() {
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                get("/q/metrics")
                    .then()
                    .statusCode(200)
                    .body(
                        containsString("edit_aligner_records_total{outcome=\"dual\"} 120.0"),
                        containsString("edit_aligner_records_total{outcome=\"sft-only\"} 30.0"),
                        containsString("edit_aligner_records_total{outcome=\"dead-letter\"} 8.0"),
                        containsString("edit_aligner_records_total{outcome=\"tombstone\"} 1.0"),
                        containsString("edit_aligner_dead_letters_total{reason=\"not-dual\"} 1.0"),
                        containsString("edit_aligner_key_share_count 120"),
                        containsString("edit_aligner_similarity_count 120"),
                        containsString("edit_aligner_batch_seconds_count"),
                        containsString("kafka_consumer_fetch_manager_records_lag")));
  }

  private Map<String, String> values() {
    return topic.read(Topics.KEY_STEPS).stream()
        .collect(
            Collectors.toMap(
                ConsumerRecord::key,
                r -> new String(r.value(), java.nio.charset.StandardCharsets.UTF_8),
                (first, again) -> {
                  assertThat(again).isEqualTo(first);
                  return first;
                }));
  }
}
