package dev.edit.generator.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.edit.contracts.Problem;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.generator.domain.stage.Outcome;
import dev.edit.generator.domain.stage.Stages;
import dev.edit.generator.domain.teacher.Demand;
import dev.edit.generator.metrics.GeneratorMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StageLoopTest {
  private static final RecordCodec<Problem> PROBLEMS = RecordCodec.of(Problem.class);
  private static final TopicPartition ZERO = new TopicPartition(Topics.PROBLEMS, 0);
  private static final TopicPartition ONE = new TopicPartition(Topics.PROBLEMS, 1);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final List<Transactions> producers = new CopyOnWriteArrayList<>();
  private final Map<String, CompletableFuture<Outcome>> work = new ConcurrentHashMap<>();
  private final AtomicInteger changes = new AtomicInteger();
  private final Room room = new Room();
  private StageLoop<Problem> loop;

  /** A teacher that has room until as many records are begun as a test says. */
  private final class Room implements Demand {
    private final AtomicInteger most = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicBoolean busy = new AtomicBoolean();

    @Override
    public boolean wanted() {
      return work.size() < most.get();
    }

    @Override
    public boolean busy() {
      return busy.get();
    }

    @Override
    public void stop() {
      most.set(0);
    }
  }

  /** A producer whose commit may end in an exception though it took place. */
  private static final class Transactions extends MockProducer<String, byte[]> {
    private volatile KafkaException afterCommit;
    private volatile KafkaException beforeCommit;

    Transactions() {
      super(true, null, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void commitTransaction() {
      KafkaException before = beforeCommit;
      beforeCommit = null;
      if (before != null) {
        throw before;
      }
      super.commitTransaction();
      KafkaException after = afterCommit;
      afterCommit = null;
      if (after != null) {
        throw after;
      }
    }
  }

  @BeforeEach
  void start() {
    Transactions first = new Transactions();
    producers.add(first);
    AtomicBoolean used = new AtomicBoolean();
    GeneratorMetrics metrics = new GeneratorMetrics(registry);
    StageWork<Problem> stage =
        new StageWork<>(
            "annotate",
            PROBLEMS,
            problem -> work.computeIfAbsent(problem.id(), id -> new CompletableFuture<>()),
            1 << 20,
            metrics);
    loop =
        new StageLoop<>(
            new StageLoop.Input<>("annotate", Topics.PROBLEMS, stage),
            room,
            new Window(8),
            new Outbox(
                () -> {
                  if (used.compareAndSet(false, true)) {
                    return first;
                  }
                  Transactions next = new Transactions();
                  producers.add(next);
                  return next;
                }),
            new StageLoop.Membership(() -> consumer, changes::incrementAndGet),
            metrics);
    consumer.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
    consumer.schedulePollTask(() -> consumer.rebalance(List.of(ZERO, ONE)));
    loop.start();
    await().until(loop::hasJoined);
  }

  @AfterEach
  void stop() {
    loop.stop(Duration.ofSeconds(5));
    loop.join(Duration.ofSeconds(10));
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void shouldPublishWhatIsDoneWhileASlowRecordOfAnotherPartitionIsNot() {
    add(ZERO, "slow", "behind");
    add(ONE, "quick");
    await().until(() -> work.size() == 3);
    end("behind", "quick");
    await().untilAsserted(() -> assertThat(published()).containsExactly("quick"));
    end("slow");
    await().untilAsserted(() -> assertThat(published()).containsExactly("quick", "slow", "behind"));
    assertThat(committed()).containsEntry(ZERO, 2L).containsEntry(ONE, 1L);
  }

  @Test
  void shouldBeginNoMoreThanTheTeacherHasRoomFor() {
    room.most.set(2);
    add(ZERO, "a", "b", "c");
    await().until(() -> work.size() == 2);
    room.most.set(3);
    await().until(() -> work.size() == 3);
  }

  @Test
  void shouldPublishOnceWhenACommitFailsAfterItTookPlace() {
    producers.get(0).afterCommit = new KafkaException("no answer");
    consumerKnows(Map.of(ZERO, 1L));
    add(ZERO, "a", "b");
    await().until(() -> work.size() == 2);
    end("a");
    await().until(() -> aborted() == 1);
    end("b");
    await().untilAsserted(() -> assertThat(published()).containsExactly("a", "b"));
    assertThat(committed()).containsEntry(ZERO, 2L);
  }

  @Test
  void shouldPublishAfterAllWhenACommitFailsBeforeItTookPlace() {
    producers.get(0).beforeCommit = new KafkaException("broker away");
    add(ZERO, "a");
    await().until(() -> work.size() == 1);
    end("a");
    await().untilAsserted(() -> assertThat(published()).containsExactly("a"));
    assertThat(aborted()).isEqualTo(1);
    assertThat(work).as("nothing is done twice").hasSize(1);
  }

  @Test
  void shouldPublishNothingOfAPartitionThatWentToAnotherWorker() {
    add(ZERO, "gone");
    add(ONE, "kept");
    await().until(() -> work.size() == 2);
    int before = changes.get();
    consumer.schedulePollTask(() -> consumer.rebalance(List.of(ONE)));
    await().until(() -> changes.get() > before);
    end("gone", "kept");
    await().untilAsserted(() -> assertThat(published()).contains("kept"));
    assertThat(published()).doesNotContain("gone");
    assertThat(registry.get("edit.generator.handed.over").counter().count()).isPositive();
  }

  @Test
  void shouldReadAnewWhenTheConsumerFails() {
    consumer.setPollException(new KafkaException("fault"));
    await().until(() -> registry.find("edit.generator.loop.failures").counter() != null);
    assertThat(loop.isAlive()).isTrue();
  }

  @Test
  void shouldWaitForCallsThatAreOutWhenItStops() {
    room.busy.set(true);
    add(ZERO, "out");
    await().until(() -> work.size() == 1);
    loop.stop(Duration.ofSeconds(30));
    end("out");
    await().untilAsserted(() -> assertThat(published()).containsExactly("out"));
    assertThat(loop.isAlive()).isTrue();
    room.busy.set(false);
    await().until(() -> !loop.isAlive());
  }

  private void add(TopicPartition partition, String... ids) {
    consumer.schedulePollTask(
        () -> {
          for (int i = 0; i < ids.length; i++) {
            consumer.addRecord(
                new ConsumerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    i,
                    ids[i],
                    PROBLEMS.encode(Stages.problem(ids[i]))));
          }
        });
  }

  private void consumerKnows(Map<TopicPartition, Long> offsets) {
    Map<TopicPartition, OffsetAndMetadata> committed = new ConcurrentHashMap<>();
    offsets.forEach((partition, offset) -> committed.put(partition, new OffsetAndMetadata(offset)));
    consumer.schedulePollTask(() -> consumer.commitSync(committed));
  }

  private void end(String... ids) {
    for (String id : ids) {
      work.get(id).complete(new Outcome.Annotated(Stages.right(id)));
    }
  }

  private List<String> published() {
    return producers.stream()
        .flatMap(producer -> producer.history().stream())
        .map(ProducerRecord::key)
        .toList();
  }

  private Map<TopicPartition, Long> committed() {
    Map<TopicPartition, Long> last = new ConcurrentHashMap<>();
    for (Transactions producer : producers) {
      producer
          .consumerGroupOffsetsHistory()
          .forEach(
              groups ->
                  groups
                      .values()
                      .forEach(
                          offsets ->
                              offsets.forEach(
                                  (partition, offset) -> last.put(partition, offset.offset()))));
    }
    return last;
  }

  private double aborted() {
    var counter = registry.find("edit.generator.batches").tag("result", "aborted").counter();
    return counter == null ? 0 : counter.count();
  }
}
