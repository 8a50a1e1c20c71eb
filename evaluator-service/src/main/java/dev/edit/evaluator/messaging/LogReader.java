package dev.edit.evaluator.messaging;

import dev.edit.contracts.Run.PartitionRange;
import dev.edit.recordloop.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Reads what a topic holds at the moment, without a consumer group. */
public final class LogReader {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaClients clients;
  private final Duration patience;

  /**
   * @param patience how long a read may go without any advance
   */
  public LogReader(KafkaClients clients, Duration patience) {
    this.clients = clients;
    this.patience = patience;
  }

  /**
   * Reads a topic from its beginning to its end of the moment.
   *
   * @throws org.apache.kafka.common.KafkaException where Kafka does not answer or has no such topic
   */
  public void read(String topic, Consumer<ConsumerRecord<String, byte[]>> to) {
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new UnknownTopicOrPartitionException(topic + ": no such topic");
      }
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      read(consumer, ends, to);
    }
  }

  /**
   * Reads ranges of a topic, as far as it still holds them.
   *
   * @throws org.apache.kafka.common.KafkaException where Kafka does not answer or has no such topic
   */
  public void read(
      String topic, List<PartitionRange> ranges, Consumer<ConsumerRecord<String, byte[]>> to) {
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      for (PartitionRange range : ranges) {
        TopicPartition partition = new TopicPartition(topic, range.partition());
        List<TopicPartition> alone = List.of(partition);
        long end = Math.min(range.to(), consumer.endOffsets(alone).get(partition));
        consumer.assign(alone);
        consumer.seek(partition, range.from());
        Consumer<ConsumerRecord<String, byte[]>> within =
            record -> {
              if (record.offset() < end) {
                to.accept(record);
              }
            };
        read(consumer, new HashMap<>(Map.of(partition, end)), within);
      }
    }
  }

  private void read(
      KafkaConsumer<String, byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<String, byte[]>> to) {
    long lastAdvance = System.nanoTime();
    while (!atEnd(consumer, ends)) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        lastAdvance = System.nanoTime();
        to.accept(record);
      }
      if (System.nanoTime() - lastAdvance > patience.toNanos()) {
        throw new TimeoutException(
            "nothing came within %s, expected to reach %s".formatted(patience, ends));
      }
    }
  }

  private static boolean atEnd(
      KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
    ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
    Set<TopicPartition> done = new HashSet<>(consumer.assignment());
    done.removeAll(ends.keySet());
    consumer.pause(done);
    return ends.isEmpty();
  }

  private KafkaConsumer<String, byte[]> consumer() {
    return clients.reader("earliest", patience);
  }
}
