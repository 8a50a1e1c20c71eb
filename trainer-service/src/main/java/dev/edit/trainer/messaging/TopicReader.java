package dev.edit.trainer.messaging;

import dev.edit.contracts.Run.PartitionRange;
import dev.edit.recordloop.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a stretch of a topic and ends: committed records only, partition after partition, in the
 * order of the log. It belongs to no consumer group and moves no group's offsets. Used by one
 * thread.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Duration patience;

  /**
   * @param patience how long a read may go without any advance
   */
  public TopicReader(String bootstrapServers, Duration patience) {
    this.patience = patience;
    consumer = new KafkaClients(bootstrapServers).reader("none", patience);
  }

  /**
   * The present end of every partition.
   *
   * @throws TopicReadException where the topic does not exist
   */
  public Map<Integer, Long> ends(String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new TopicReadException("topic " + topic + " does not exist");
    }
    Map<Integer, Long> ends = new HashMap<>();
    consumer.endOffsets(partitions).forEach((at, end) -> ends.put(at.partition(), end));
    return ends;
  }

  /** The first offset that every partition still holds. */
  public Map<Integer, Long> begins(String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    Map<Integer, Long> begins = new HashMap<>();
    consumer.beginningOffsets(partitions).forEach((at, first) -> begins.put(at.partition(), first));
    return begins;
  }

  /** Reads a whole topic up to its present end. */
  public void readAll(String topic, Consumer<ConsumerRecord<String, byte[]>> sink) {
    readOn(topic, Map.of(), sink);
  }

  /**
   * Reads a topic up to its present end.
   *
   * @param from where to start in each partition; one that is not named, or whose start is no
   *     longer in the log, is read from its beginning
   * @return where to start the next time
   */
  public Map<Integer, Long> readOn(
      String topic, Map<Integer, Long> from, Consumer<ConsumerRecord<String, byte[]>> sink) {
    Map<Integer, Long> ends = ends(topic);
    for (int partition : new TreeSet<>(ends.keySet())) {
      TopicPartition at = new TopicPartition(topic, partition);
      long begin = consumer.beginningOffsets(Set.of(at)).get(at);
      long start = Math.max(begin, from.getOrDefault(partition, begin));
      if (start < ends.get(partition)) {
        read(topic, new PartitionRange(partition, start, ends.get(partition)), sink);
      }
    }
    return ends;
  }

  /**
   * Reads a range of a partition; offsets that compaction or a transaction's marker left empty are
   * passed over.
   *
   * @throws TopicReadException where the range is not in the log, or does not come within the
   *     patience
   */
  public void read(
      String topic, PartitionRange range, Consumer<ConsumerRecord<String, byte[]>> sink) {
    TopicPartition at = new TopicPartition(topic, range.partition());
    consumer.assign(Set.of(at));
    requireInLog(at, range);
    consumer.seek(at, range.from());
    long lastAdvance = System.nanoTime();
    long position = range.from();
    while (position < range.to()) {
      ConsumerRecords<String, byte[]> polled = consumer.poll(POLL);
      for (ConsumerRecord<String, byte[]> record : polled.records(at)) {
        if (record.offset() < range.to()) {
          sink.accept(record);
        }
      }
      long now = consumer.position(at);
      if (now > position) {
        lastAdvance = System.nanoTime();
        position = now;
      } else if (System.nanoTime() - lastAdvance > patience.toNanos()) {
        throw new TopicReadException(
            "%s: no record beyond offset %d within %s, expected to reach %d"
                .formatted(at, position, patience, range.to()));
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void requireInLog(TopicPartition at, PartitionRange range) {
    Long begin = consumer.beginningOffsets(Set.of(at)).get(at);
    Long end = consumer.endOffsets(Set.of(at)).get(at);
    if (begin == null || end == null) {
      throw new TopicReadException(at + " does not exist");
    }
    if (range.to() > end || (range.from() < begin && range.to() > range.from())) {
      throw new TopicReadException(
          "%s: expected offsets %d to %d, but the log holds %d to %d"
              .formatted(at, range.from(), range.to(), begin, end));
    }
  }
}
