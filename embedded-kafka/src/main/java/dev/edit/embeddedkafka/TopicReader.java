package dev.edit.embeddedkafka;

import dev.edit.contracts.KafkaEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads what a topic holds at the moment of the call: committed records from the beginning to the
 * current end, without a consumer group. Use by one thread at a time.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Duration patience;

  /**
   * @param bootstrapServers where the broker is
   * @param patience how long a read may go on without one record before it fails
   */
  public TopicReader(String bootstrapServers, Duration patience) {
    this.patience = patience;
    this.consumer =
        new KafkaConsumer<>(
            KafkaEnvironment.with(
                Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    bootstrapServers,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    "false",
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    "false",
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest")),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  /** A reader that waits at most 30 seconds for a broker that does not answer. */
  public TopicReader(String bootstrapServers) {
    this(bootstrapServers, Duration.ofSeconds(30));
  }

  /** All records of a topic; in order within each partition. */
  public List<ConsumerRecord<String, byte[]>> read(String topic) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    forEach(topic, records::add);
    return records;
  }

  /**
   * Hands over the records of a topic one by one.
   *
   * @throws UnknownTopicOrPartitionException if there is no such topic
   * @throws TimeoutException if the broker does not answer in time
   */
  public void forEach(String topic, Consumer<ConsumerRecord<String, byte[]>> action) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic, patience).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException("topic: expected a topic named " + topic);
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions, patience));
    long deadline = System.nanoTime() + patience.toNanos();
    while (hasMoreBefore(ends)) {
      for (ConsumerRecord<String, byte[]> next : consumer.poll(POLL)) {
        Long end = ends.get(new TopicPartition(next.topic(), next.partition()));
        if (end != null && next.offset() < end) {
          action.accept(next);
          deadline = System.nanoTime() + patience.toNanos();
        }
      }
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException(
            "topic %s: nothing more came within %s, missing up to %s"
                .formatted(topic, patience, ends));
      }
    }
    consumer.unsubscribe();
  }

  /** Drops the partitions that were read to their end; false when none is left. */
  private boolean hasMoreBefore(Map<TopicPartition, Long> ends) {
    ends.entrySet().removeIf(end -> consumer.position(end.getKey(), patience) >= end.getValue());
    return !ends.isEmpty();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
