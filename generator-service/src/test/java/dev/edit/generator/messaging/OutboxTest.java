package dev.edit.generator.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final List<Output> OUTPUTS =
      List.of(new Output("out", "key", "value".getBytes(StandardCharsets.UTF_8)));
  private static final Map<TopicPartition, OffsetAndMetadata> OFFSETS =
      Map.of(new TopicPartition("in", 0), new OffsetAndMetadata(5));
  private static final ConsumerGroupMetadata GROUP = new ConsumerGroupMetadata("group");

  private final List<MockProducer<String, byte[]>> made = new ArrayList<>();
  private final Outbox outbox =
      new Outbox(
          () -> {
            MockProducer<String, byte[]> producer =
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
            made.add(producer);
            return producer;
          });

  @Test
  void shouldCommitOutputsAndOffsetsTogether() {
    outbox.publish(OUTPUTS, OFFSETS, GROUP);
    outbox.publish(OUTPUTS, OFFSETS, GROUP);
    assertThat(made).hasSize(1);
    assertThat(made.get(0).history()).hasSize(2);
    assertThat(made.get(0).consumerGroupOffsetsHistory())
        .containsExactly(Map.of("group", OFFSETS), Map.of("group", OFFSETS));
  }

  @Test
  void shouldCommitOffsetsWhenThereIsNothingToPublish() {
    outbox.publish(List.of(), OFFSETS, GROUP);
    assertThat(made.get(0).consumerGroupOffsetsHistory()).containsExactly(Map.of("group", OFFSETS));
  }

  @Test
  void shouldPublishNothingWhenTheCommitFails() {
    outbox.publish(OUTPUTS, OFFSETS, GROUP);
    made.get(0).commitTransactionException = new KafkaException("no");
    assertThatThrownBy(() -> outbox.publish(OUTPUTS, OFFSETS, GROUP)).hasMessage("no");
    assertThat(made.get(0).history()).hasSize(1);
    made.get(0).commitTransactionException = null;
    outbox.publish(OUTPUTS, OFFSETS, GROUP);
    assertThat(made).hasSize(1);
    assertThat(made.get(0).history()).hasSize(2);
  }

  @Test
  void shouldStartWithANewProducerWhenTheOldOneIsFenced() {
    outbox.publish(OUTPUTS, OFFSETS, GROUP);
    made.get(0).fenceProducer();
    assertThatThrownBy(() -> outbox.publish(OUTPUTS, OFFSETS, GROUP))
        .isInstanceOf(ProducerFencedException.class);
    outbox.publish(OUTPUTS, OFFSETS, GROUP);
    assertThat(made).hasSize(2);
    assertThat(made.get(0).closed()).isTrue();
    assertThat(made.get(1).history()).hasSize(1);
  }

  @Test
  void shouldStartWithANewProducerWhenInitialisationFailed() {
    Outbox failing =
        new Outbox(
            () -> {
              MockProducer<String, byte[]> producer =
                  new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
              if (made.isEmpty()) {
                producer.initTransactionException = new KafkaException("away");
              }
              made.add(producer);
              return producer;
            });
    assertThatThrownBy(() -> failing.publish(OUTPUTS, OFFSETS, GROUP)).hasMessage("away");
    failing.publish(OUTPUTS, OFFSETS, GROUP);
    assertThat(made).hasSize(2);
  }
}
