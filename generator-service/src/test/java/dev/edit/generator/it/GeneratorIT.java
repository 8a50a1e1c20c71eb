package dev.edit.generator.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.edit.contracts.Cot;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.Problem.Split;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.Sha256;
import dev.edit.embeddedkafka.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * All stages against a broker and a scripted teacher. Right chains of thought come first and would
 * wait ten minutes for rectified pairs, no more than eight in work at once: if the wrong ones
 * queued behind them, nothing here would end.
 */
@QuarkusTest
@QuarkusTestResource(value = Surroundings.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GeneratorIT {
  private static final RecordCodec<Problem> PROBLEMS = RecordCodec.of(Problem.class);
  private static final RecordCodec<DualCot> DUALS = RecordCodec.of(DualCot.class);
  private static final RecordCodec<DeadLetter> DEAD = RecordCodec.of(DeadLetter.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String brokers;

  private KafkaProducer<String, byte[]> producer;
  private TopicReader reader;

  @BeforeEach
  void connect() {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers, "max.in.flight.requests.per.connection", 1),
            new StringSerializer(),
            new ByteArraySerializer());
    reader = new TopicReader(brokers);
  }

  @AfterEach
  void disconnect() {
    producer.close();
    reader.close();
  }

  @Test
  @Order(1)
  void shouldEndEveryProblemOnceWhenTheTeacherIsRightWrongAndFaulty() {
    Map<String, Integer> published = publishAll();
    int ends = published.values().stream().mapToInt(n -> n).sum() + 4;
    await().atMost(PATIENCE).until(() -> duals().size() + dead().size() >= ends);
    Map<String, List<DualCot>> duals = by(duals(), dual -> behaviour(dual.problem().id()));
    Map<String, List<DeadLetter>> dead = by(dead(), letter -> behaviour(letter.id()));

    assertThat(count(duals))
        .isEqualTo(Map.of("right", 30, "stubborn", 5, "busy", 5, "absurd", 1, "wrong", 12));
    assertThat(count(dead))
        .isEqualTo(
            Map.of(
                "insists", 4, "mute", 3, "long", 2, "garbage", 2, "refused", 5, "poison", 3, "huge",
                1));
    assertThat(dead.get("huge"))
        .allSatisfy(
            letter -> {
              assertThat(letter.record()).as("hash and pointer stand for it").isNull();
              assertThat(letter.pointer().sha256()).isEqualTo(Sha256.of(PROBLEMS.encode(huge())));
            });
    assertThat(duals.get("wrong")).allMatch(dual -> dual.origin() == Origin.RECTIFIED);
    assertThat(duals.get("right"))
        .allMatch(dual -> dual.origin() == Origin.CORRUPTED && dual.dual().isPresent());
    assertThat(duals.get("stubborn")).allMatch(dual -> dual.dual().isEmpty());
    assertThat(reasons(dead))
        .isEqualTo(
            Map.of(
                "insists", "not-rectified",
                "mute", "teacher-no-answer",
                "long", "teacher-truncated",
                "garbage", "teacher-malformed",
                "refused", "teacher-refused",
                "huge", "too-large",
                "poison", "invalid-field not-json unsupported-schema-version"));
  }

  @Test
  @Order(2)
  void shouldCallNoMoreThanNeeded() {
    ChatServer teacher = Surroundings.teacher();
    assertThat(teacher.calls("Q: [refused]")).as("400 is final").isEqualTo(5);
    assertThat(teacher.calls("Q: [busy]")).as("429, 500, then right; then corrupt").isEqualTo(20);
    assertThat(teacher.calls("Q: [absurd]")).as("an hour was asked for; then two").isEqualTo(3);
    assertThat(teacher.calls("Q: [mute]")).as("three attempts").isEqualTo(9);
    assertThat(teacher.calls("Q: [tested]")).as("test split").isZero();
  }

  @Test
  @Order(3)
  void shouldShowRectifiedPairsOfTheTaskWhenItCorrupts() {
    assertThat(Surroundings.teacher().calls("Wrong Response:")).isGreaterThanOrEqualTo(40);
    int shown =
        IntStream.range(5000, 5012)
            .map(i -> Surroundings.teacher().calls("Q: [wrong] " + i + "\n\nRight Response:"))
            .sum();
    assertThat(shown).as("three pairs in each prompt").isGreaterThanOrEqualTo(3 * 41);
  }

  @Test
  @Order(4)
  void shouldDecodeEveryChainOfThoughtItPublished() {
    RecordCodec<Cot> cots = RecordCodec.of(Cot.class);
    assertThat(read(Topics.RIGHT_COTS, cots)).hasSize(41);
    assertThat(read(Topics.WRONG_COTS, cots)).hasSize(16);
  }

  @Test
  @Order(5)
  void shouldAnswerHealthAndMetrics() {
    given().get("/q/health").then().statusCode(200).body("status", equalTo("UP"));
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(
            containsString("edit_generator_cots_total{verdict=\"right\"} 41.0"),
            containsString("edit_generator_cots_total{verdict=\"wrong\"} 16.0"),
            containsString("edit_generator_duals_total{alone=\"no\",origin=\"rectified\"} 12.0"),
            containsString("edit_generator_teacher_calls_seconds_count{outcome=\"refused\"} 5"),
            containsString("edit_generator_teacher_tokens_total{kind=\"completion\"}"),
            containsString("edit_generator_teacher_in_flight 0.0"),
            not(containsString("sk-canary")));
  }

  private Map<String, Integer> publishAll() {
    send(Split.TEST, "tested", 5);
    send(Split.TRAIN, "right", 30);
    send(Split.TRAIN, "stubborn", 5);
    send(Split.TRAIN, "busy", 5);
    send(Split.TRAIN, "absurd", 1);
    poison();
    producer.send(new ProducerRecord<>(Topics.PROBLEMS, "huge/0", PROBLEMS.encode(huge())));
    Map<String, Integer> later =
        Map.of("insists", 4, "mute", 3, "long", 2, "garbage", 2, "refused", 5);
    later.forEach((behaviour, count) -> send(Split.TRAIN, behaviour, count));
    send(Split.TRAIN, "wrong", 12);
    producer.flush();
    Map<String, Integer> all = new java.util.HashMap<>(later);
    all.putAll(Map.of("right", 30, "stubborn", 5, "busy", 5, "absurd", 1, "wrong", 12));
    return all;
  }

  private void send(Split split, String behaviour, int count) {
    for (int i = 0; i < count; i++) {
      Problem problem = problem(split, behaviour, i, "");
      producer.send(new ProducerRecord<>(Topics.PROBLEMS, problem.key(), PROBLEMS.encode(problem)));
    }
  }

  private static Problem problem(Split split, String behaviour, int i, String more) {
    String gold = Integer.toString(5000 + i);
    return new Problem(
        behaviour + "/" + i,
        Surroundings.TASK,
        "[" + behaviour + "] " + gold + more,
        gold,
        split,
        Domain.IN,
        "it",
        null);
  }

  /** It can be published; with a chain of thought beside it, it can not. */
  private static Problem huge() {
    Problem small = problem(Split.TRAIN, "huge", 0, "\n");
    int room = (1 << 20) - 4096 - PROBLEMS.encode(small).length;
    return problem(Split.TRAIN, "huge", 0, "\n" + "x".repeat(room));
  }

  private void poison() {
    for (String text :
        List.of("not json", "{\"schemaVersion\":99}", "{\"schemaVersion\":1,\"id\":\"../x\"}")) {
      producer.send(
          new ProducerRecord<>(Topics.PROBLEMS, "poison", text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private List<DualCot> duals() {
    return read(Topics.DUAL_COTS, DUALS);
  }

  private List<DeadLetter> dead() {
    return read(Topics.DEAD_LETTERS, DEAD);
  }

  private <T extends EventRecord> List<T> read(String topic, RecordCodec<T> codec) {
    return reader.read(topic).stream().map(item -> codec.decode(item.value())).toList();
  }

  private static String behaviour(String id) {
    return id.startsWith(Topics.PROBLEMS) ? "poison" : id.substring(0, id.indexOf('/'));
  }

  private static <T> Map<String, List<T>> by(List<T> items, Function<T, String> behaviour) {
    return items.stream().collect(Collectors.groupingBy(behaviour));
  }

  private static <T> Map<String, Integer> count(Map<String, List<T>> groups) {
    return groups.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().size()));
  }

  private static Map<String, String> reasons(Map<String, List<DeadLetter>> groups) {
    return groups.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry ->
                    new ArrayList<>(entry.getValue())
                        .stream()
                            .map(DeadLetter::reason)
                            .distinct()
                            .sorted()
                            .collect(Collectors.joining(" "))));
  }
}
