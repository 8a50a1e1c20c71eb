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
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import dev.edit.tokenizer.Tokenizer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlignmentLoopIT {
  private static final int PROBLEMS = 300;
  private static final int BATCH = 20;

  /** Rounds of scaling. */
  private static final int ROUNDS = Boolean.getBoolean("edit.full") ? 20 : 2;

  @TempDir Path folder;
  private EmbeddedKafka kafka;
  private DualTopic topic;
  private Student student;
  private KafkaClients clients;
  private int started;

  @BeforeEach
  void start() throws Exception {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka.createTopics(PipelineTopics.dataPartitions(4));
    topic = new DualTopic(kafka.bootstrapServers());
    clients = new KafkaClients(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    student =
        new Student(
            Tokenizer.load(StudentFixture.write(folder.resolve("student"))), StudentFixture.EOS_ID);
  }

  @AfterEach
  void stop() {
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
    assertThat(topic.read(Topics.DEAD_LETTERS)).isEmpty();
    assertThat(producers.injected()).isEqualTo(plan.size());
    assertThat(registry.counter("edit.aligner.batches", "result", "aborted").count())
        .isEqualTo(plan.size());
  }

  @Test
  void shouldGoOnWhereItStoppedWhenTheLoopIsClosedAndAnotherOneStarts() {
    List<String> expected = new ArrayList<>(putPairs(0, PROBLEMS));
    try (AlignmentLoop first = loop(() -> clients.producer("it"), new SimpleMeterRegistry())) {
      first.start();
      await().atMost(Duration.ofSeconds(30)).until(() -> !keys(Topics.KEY_STEPS).isEmpty());
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
    assertThat(keys(Topics.KEY_STEPS)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void shouldHaveNoLagWhenAllThatIsLeftAreTheMarkersOfTransactions() throws Exception {
    try (Producer<String, byte[]> writer = clients.producer("writer")) {
      writer.initTransactions();
      writer.beginTransaction();
      for (int i = 0; i < 10; i++) {
        DualCot pair = StudentFixture.pair("sums/" + i);
        byte[] value = RecordCodec.of(DualCot.class).encode(pair);
        writer.send(new ProducerRecord<>(Topics.DUAL_COTS, i % 2, pair.key(), value));
      }
      writer.commitTransaction();
    }
    try (AlignmentLoop loop = loop(() -> clients.producer("it"), new SimpleMeterRegistry());
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      loop.start();
      awaitKeySteps(10);
      // Five records and a marker in two partitions; the others are empty.
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(committed(admin)).containsExactlyInAnyOrder(6L, 6L, 0L, 0L));
    }
  }

  private static List<Long> committed(Admin admin) throws Exception {
    return admin
        .listConsumerGroupOffsets(KafkaClients.GROUP)
        .partitionsToOffsetAndMetadata()
        .get()
        .values()
        .stream()
        .map(OffsetAndMetadata::offset)
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
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> workers.stream().allMatch(AlignmentLoop::hasJoined));
  }

  private AlignmentLoop loop(
      Supplier<Producer<String, byte[]>> producers, SimpleMeterRegistry registry) {
    return new AlignmentLoop(
        clients.consumer(BATCH),
        producers,
        new DualAlignment(student, AlignmentRule.REFERENCE, new Gates(0.3, 1024)),
        new AlignerMetrics(registry));
  }

  private List<String> putPairs(int from, int count) {
    List<String> ids = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      ids.add("sums/" + i);
      topic.put(StudentFixture.pair("sums/" + i));
    }
    topic.flush();
    return ids;
  }

  private void awaitKeySteps(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(keys(Topics.KEY_STEPS)).hasSizeGreaterThanOrEqualTo(count));
  }

  private List<String> keys(String name) {
    return topic.read(name).stream().map(r -> r.key()).toList();
  }
}
