package dev.edit.recordloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordLoopTest {
  private static final TopicPartition AT = new TopicPartition("in", 0);

  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final List<MockProducer<String, byte[]>> producers =
      Collections.synchronizedList(new ArrayList<>());
  private final List<Long> handled = Collections.synchronizedList(new ArrayList<>());
  private final List<Long> committed = Collections.synchronizedList(new ArrayList<>());
  private volatile int handlerFaults;
  private volatile int commitFaults;
  private final RecordLoop loop =
      new RecordLoop("in", () -> consumer, this::producer, this::handle, Duration.ofMillis(1));

  private void give(int records) {
    consumer.setMaxPollRecords(1);
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(AT));
          consumer.updateBeginningOffsets(Map.of(AT, 0L));
          for (long offset = 0; offset < records; offset++) {
            consumer.addRecord(record(offset));
          }
        });
  }

  @AfterEach
  void stop() {
    loop.close();
  }

  private static ConsumerRecord<String, byte[]> record(long offset) {
    return new ConsumerRecord<>("in", 0, offset, "k" + offset, new byte[] {1});
  }

  private MockProducer<String, byte[]> producer() {
    MockProducer<String, byte[]> producer =
        new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    if (commitFaults > 0) {
      commitFaults--;
      producer.commitTransactionException = new KafkaException("no coordinator");
    }
    producers.add(producer);
    return producer;
  }

  private RecordLoop.Outcome handle(ConsumerRecord<String, byte[]> record) {
    handled.add(record.offset());
    if (handlerFaults > 0) {
      handlerFaults--;
      // What a poll would have brought had the position been moved back.
      consumer.schedulePollTask(() -> consumer.addRecord(record(0)));
      throw new KafkaException("broker away");
    }
    byte[] value = "v".getBytes(StandardCharsets.UTF_8);
    return new RecordLoop.Outcome(
        List.of(new Output("out", record.key(), value)), () -> committed.add(record.offset()));
  }

  private List<String> published() {
    return producers.stream()
        .flatMap(producer -> producer.history().stream())
        .map(record -> record.key())
        .toList();
  }

  @Test
  void shouldPublishEachRecordsOutputWithItsOffset() {
    give(2);

    loop.start();

    await().until(() -> committed.size() == 2);
    assertThat(committed).containsExactly(0L, 1L);
    assertThat(published()).containsExactly("k0", "k1");
    assertThat(producers.get(0).consumerGroupOffsetsHistory())
        .extracting(offsets -> offsets.values().iterator().next().get(AT))
        .containsExactly(new OffsetAndMetadata(1), new OffsetAndMetadata(2));
    assertThat(loop.isAssigned()).isTrue();
  }

  @Test
  void shouldTakeARecordAgainWhenItCouldNotBeHandled() {
    give(1);
    handlerFaults = 1;

    loop.start();

    await().until(() -> committed.size() == 1);
    assertThat(handled).containsExactly(0L, 0L);
    assertThat(published()).containsExactly("k0");
  }

  @Test
  void shouldPublishNothingAndUseANewProducerWhenTheCommitFails() {
    give(1);
    commitFaults = 1;

    loop.start();

    await().until(() -> producers.size() == 2);
    assertThat(producers.get(0).history()).isEmpty();
    assertThat(producers.get(0).closed()).isTrue();
  }

  @Test
  void shouldEndItsThreadWhenClosed() {
    give(0);
    loop.start();
    await().until(loop::isAlive);

    loop.close();

    await().until(() -> !loop.isAlive());
  }
}
