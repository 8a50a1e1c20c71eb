package dev.edit.evaluator.messaging.console;

import dev.edit.evaluator.domain.console.LogPlace;
import dev.edit.recordloop.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Single records by their place in the log, through one consumer that is made when it is first
 * needed. Thread-safe; callers wait for each other.
 */
public final class RecordLookup implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaClients clients;
  private Consumer<String, byte[]> consumer;

  public RecordLookup(KafkaClients clients) {
    this.clients = clients;
  }

  /**
   * The record at a place; empty where there is none (any more), such as after compaction.
   *
   * @throws org.apache.kafka.common.KafkaException where Kafka does not answer
   */
  public synchronized Optional<ConsumerRecord<String, byte[]>> find(String topic, LogPlace place) {
    if (consumer == null) {
      consumer = clients.lookup();
    }
    TopicPartition partition = new TopicPartition(topic, place.partition());
    boolean exists =
        consumer.partitionsFor(topic, PATIENCE).stream()
            .anyMatch(info -> info.partition() == place.partition());
    if (!exists) {
      return Optional.empty();
    }
    consumer.assign(List.of(partition));
    long begin = consumer.beginningOffsets(List.of(partition), PATIENCE).get(partition);
    long end = consumer.endOffsets(List.of(partition), PATIENCE).get(partition);
    if (place.offset() < begin || place.offset() >= end) {
      return Optional.empty();
    }
    consumer.seek(partition, place.offset());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (consumer.position(partition) <= place.offset() && System.nanoTime() < deadline) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        if (record.offset() >= place.offset()) {
          return Optional.of(record).filter(found -> found.offset() == place.offset());
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public synchronized void close() {
    if (consumer != null) {
      consumer.close();
    }
  }
}
