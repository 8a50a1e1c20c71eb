package dev.edit.aligner.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.edit.aligner.DualTopic;
import dev.edit.aligner.StudentFixture;
import dev.edit.aligner.domain.DualAlignment;
import dev.edit.aligner.domain.Gates;
import dev.edit.aligner.domain.Student;
import dev.edit.aligner.messaging.FaultyProducers.Fault;
import dev.edit.aligner.metrics.AlignerMetrics;
import dev.edit.alignment.AlignmentRule;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.embeddedkafka.BrokerOptions;
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import dev.edit.tokenizer.Tokenizer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlignmentLoopIT {
  private static final boolean FULL = Boolean.getBoolean("edit.full");
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int PROBLEMS = 300;
  private static final int BATCH = 20;

  /** Rounds of scaling. */
  private static final int ROUNDS = FULL ? 20 : 2;

  /** How long the broker stays away. */
  private static final Duration AWAY = FULL ? Duration.ofSeconds(60) : Duration.ZERO;

  /** In which marker and lag are counted; its first two partitions are written to. */
  private static final String QUIET = "it.quiet";

  @TempDir private static Path folder;
  private static Path data;
  private static EmbeddedKafka kafka;
  private static DualTopic topic;
  private static Student student;
  private static KafkaClients clients;
  private static int started;
  private static int tests;

  /** In front of the ids of a test's problems. */
  private final String mine = "it-%d/".formatted(tests++);

  @BeforeAll
  static void start() throws Exception {
    data = folder.resolve("kafka");
    kafka = EmbeddedKafka.start(data);
    kafka.createTopics(PipelineTopics.dataPartitions(4));
    topic = new DualTopic(kafka.bootstrapServers());
    // Members hear of a rebalance with their next heartbeat.
    clients =
        new KafkaClients(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "heartbeat.interval.ms", 200));
    student =
        new Student(
            Tokenizer.load(StudentFixture.write(folder.resolve("student"))), StudentFixture.EOS_ID);
  }

  @AfterAll
  static void stop() {
    topic.close();
    student.close();
    kafka.close();
  }

  @Test
  void shouldGiveEachRecordOnceWhenTransactionsFailAtEveryPoint() {
    List<Fault> plan = new ArrayList<>(List.of(Fault.values()));
    plan.addAll(List.of(Fault.values()));
    FaultyProducers producers = new FaultyProducers(() -> clients.producer("it"), plan);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    List<String> expected = putPairs(0, PROBLEMS);
    try (AlignmentLoop loop = loop(producers, registry)) {
      loop.start();
      awaitKeySteps(PROBLEMS);
    }
    assertThat(keys(Topics.KEY_STEPS)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(keys(Topics.DEAD_LETTERS)).isEmpty();
    assertThat(producers.injected()).isEqualTo(plan.size());
    assertThat(registry.counter("edit.aligner.batches", "result", "aborted").count())
        .isEqualTo(plan.size());
  }

  @Test
  void shouldGoOnWhereItStoppedWhenTheLoopIsClosedAndAnotherOneStarts() {
    List<String> expected = new ArrayList<>(putPairs(0, PROBLEMS));
    try (AlignmentLoop first = loop(() -> clients.producer("it"), new SimpleMeterRegistry())) {
      first.start();
      await().atMost(LONG).until(() -> !keys(Topics.KEY_STEPS).isEmpty());
    }
    expected.addAll(putPairs(PROBLEMS, 50));
    try (AlignmentLoop second = loop(() -> clients.producer("it"), new SimpleMeterRegistry())) {
      second.start();
      awaitKeySteps(expected.size());
    }
    assertThat(keys(Topics.KEY_STEPS)).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** The input grows at each step, so that every rebalance meets batches in flight. */
  @Test
  void shouldGiveEachRecordOnceWhenWorkersGoFromOneToThreeToTwo() {
    List<String> expected = new ArrayList<>();
    List<AlignmentLoop> workers = new ArrayList<>();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        for (int size : new int[] {1, 3, 2}) {
          expected.addAll(putPairs(expected.size(), PROBLEMS));
          scale(workers, size);
        }
      }
      awaitKeySteps(expected.size());
    } finally {
      workers.forEach(AlignmentLoop::close);
    }
    requireEachOnce("1 -> 3 -> 2, %d times".formatted(ROUNDS), expected);
  }

  @Test
  void shouldGiveEachRecordOnceWhenTheBrokerGoesAwayInMidStreamAndComesBack() {
    List<String> expected = putPairs(0, 10 * PROBLEMS);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (AlignmentLoop loop = loop(() -> clients.producer("it"), registry)) {
      loop.start();
      await()
          .pollInterval(Duration.ofMillis(2))
          .atMost(LONG)
          .until(() -> aligned(registry) >= BATCH);
      kafka.close();
      assertThat(aligned(registry)).as("the stream was cut").isLessThan(expected.size());
      await()
          .pollDelay(AWAY)
          .atMost(AWAY.plusSeconds(1))
          .until(() -> aligned(registry) < expected.size());
      assertThat(loop.isRunning()).as("pauses, does not end").isTrue();
      int port = Integer.parseInt(kafka.bootstrapServers().replaceFirst(".*:", ""));
      kafka = EmbeddedKafka.start(data, BrokerOptions.defaults().withPort(port));
      awaitKeySteps(expected.size());
    }
    requireEachOnce("broker away for " + AWAY, expected);
  }

  private static double aligned(SimpleMeterRegistry registry) {
    return registry.counter("edit.aligner.records", "outcome", "dual").count();
  }

  private void requireEachOnce(String fault, List<String> expected) {
    List<String> accepted = keys(Topics.KEY_STEPS);
    Set<String> once = new HashSet<>(accepted);
    System.out.printf(
        "aligner, %s: published %d, accepted %d, lost %d, duplicated %d%n",
        fault,
        expected.size(),
        accepted.size(),
        expected.size() - once.size(),
        accepted.size() - once.size());
    assertThat(accepted).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void shouldHaveNoLagWhenAllThatIsLeftAreTheMarkersOfTransactions() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(QUIET, 4, (short) 1))).all().get();
      putInOneTransaction(10);
      try (AlignmentLoop loop =
          new AlignmentLoop(
              QUIET,
              clients.consumer(BATCH),
              () -> clients.producer("it"),
              BatchTransform.ofEach(new RecordAlignment(alignment())::of),
              new AlignerMetrics(new SimpleMeterRegistry()))) {
        loop.start();
        awaitKeySteps(10);
        // Five records and a marker in two partitions; the others are empty.
        await()
            .atMost(LONG)
            .untilAsserted(
                () -> assertThat(committed(admin)).containsExactlyInAnyOrder(6L, 6L, 0L, 0L));
      }
    }
  }

  private void putInOneTransaction(int count) {
    try (Producer<String, byte[]> writer = clients.producer("writer")) {
      writer.initTransactions();
      writer.beginTransaction();
      for (int i = 0; i < count; i++) {
        DualCot pair = StudentFixture.pair(mine + i);
        byte[] value = RecordCodec.of(DualCot.class).encode(pair);
        var unused = writer.send(new ProducerRecord<>(QUIET, i % 2, pair.key(), value));
      }
      writer.commitTransaction();
    }
  }

  private static List<Long> committed(Admin admin) throws Exception {
    return admin
        .listConsumerGroupOffsets(KafkaClients.GROUP)
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .filter(at -> at.getKey().topic().equals(QUIET))
        .map(at -> at.getValue().offset())
        .toList();
  }

  private void scale(List<AlignmentLoop> workers, int size) {
    while (workers.size() > size) {
      workers.remove(0).close();
    }
    while (workers.size() < size) {
      String name = "it-" + started++;
      AlignmentLoop worker = loop(() -> clients.producer(name), new SimpleMeterRegistry());
      workers.add(worker);
      worker.start();
    }
    await().atMost(LONG).until(() -> workers.stream().allMatch(AlignmentLoop::hasJoined));
  }

  private static DualAlignment alignment() {
    return new DualAlignment(student, AlignmentRule.REFERENCE, new Gates(0.3, 1024));
  }

  private AlignmentLoop loop(
      Supplier<Producer<String, byte[]>> producers, SimpleMeterRegistry registry) {
    return new AlignmentLoop(
        clients.consumer(BATCH), producers, alignment(), new AlignerMetrics(registry));
  }

  private List<String> putPairs(int from, int count) {
    List<String> ids = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      ids.add(mine + i);
      topic.put(StudentFixture.pair(mine + i));
    }
    topic.flush();
    return ids;
  }

  private void awaitKeySteps(int count) {
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(keys(Topics.KEY_STEPS)).hasSizeGreaterThanOrEqualTo(count));
  }

  private List<String> keys(String name) {
    return topic.read(name).stream().map(r -> r.key()).filter(id -> id.startsWith(mine)).toList();
  }
}
