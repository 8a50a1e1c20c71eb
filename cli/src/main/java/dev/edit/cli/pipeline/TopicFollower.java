package dev.edit.cli.pipeline;

import dev.edit.cli.CommandFailure;
import dev.edit.contracts.KafkaEnvironment;
import dev.edit.contracts.Run.PartitionRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Topics from their beginning and then onwards: committed records only, without a consumer group.
 * Used by one thread; only {@link #wakeUp} may be called by another.
 */
public final class TopicFollower implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<String, byte[]> consumer;

  /**
   * Begins at the beginning of the topics.
   *
   * @throws CommandFailure where a topic does not exist
   */
  public TopicFollower(String bootstrapServers, Collection<String> topics) {
    consumer = consumer(bootstrapServers);
    boolean assigned = false;
    try {
      List<TopicPartition> all = new ArrayList<>();
      topics.forEach(topic -> all.addAll(partitions(topic)));
      consumer.assign(all);
      consumer.seekToBeginning(all);
      assigned = true;
    } finally {
      if (!assigned) {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
      }
    }
  }

  private static KafkaConsumer<String, byte[]> consumer(String bootstrapServers) {
    return new KafkaConsumer<>(
        KafkaEnvironment.with(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1000",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis())),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Hands over what comes within some time; returns early when something has come. */
  public void follow(Duration patience, Consumer<ConsumerRecord<String, byte[]>> taker) {
    consumer.poll(patience).forEach(taker);
  }

  /** Hands over everything up to the present ends of the topics. */
  public void catchUp(Consumer<ConsumerRecord<String, byte[]>> taker) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      follow(POLL, taker);
    }
  }

  /** The whole of a topic at this moment, whether it is followed or not, as offset ranges. */
  public List<PartitionRange> rangesOf(String topic) {
    List<TopicPartition> partitions = partitions(topic);
    Map<TopicPartition, Long> from = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> to = consumer.endOffsets(partitions);
    return partitions.stream()
        .sorted(Comparator.comparingInt(TopicPartition::partition))
        .map(at -> new PartitionRange(at.partition(), from.get(at), to.get(at)))
        .toList();
  }

  /** Ends a {@link #follow} of another thread, by a {@link WakeupException} there. */
  public void wakeUp() {
    consumer.wakeup();
  }

  private List<TopicPartition> partitions(String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new CommandFailure("topic " + topic + " does not exist; edit setup makes all topics");
    }
    return partitions;
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
