package dev.edit.cli.pipeline;

import dev.edit.contracts.EventRecord;
import dev.edit.contracts.KafkaEnvironment;
import dev.edit.contracts.Run.PartitionRange;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Follows the pipeline's topics from their beginning, committed records only and without a consumer
 * group, and writes them into a {@link StreamLog}, on a thread of its own.
 */
public final class TopicWatch implements AutoCloseable {
  /** Problems and runs are this command's own; all others are followed. */
  private static final List<Topics.Topic> FOLLOWED =
      Topics.ALL.stream()
          .filter(topic -> !topic.name().equals(Topics.PROBLEMS))
          .filter(topic -> !topic.name().equals(Topics.RUNS))
          .toList();

  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;
  private final KafkaConsumer<String, byte[]> consumer;
  private final StreamLog log;
  private final Thread thread;

  private TopicWatch(String bootstrapServers, StreamLog log) {
    this.bootstrapServers = bootstrapServers;
    this.log = log;
    this.consumer = consumer(bootstrapServers);
    this.thread = new Thread(this::follow, "topic-watch");
    thread.setDaemon(true);
  }

  /** Starts to follow. The topics must exist. */
  public static TopicWatch start(String bootstrapServers, StreamLog log) {
    TopicWatch watch = new TopicWatch(bootstrapServers, log);
    watch.thread.start();
    return watch;
  }

  /** The whole of a topic at this moment, committed records only, as offset ranges. */
  public List<PartitionRange> rangesOf(String topic) {
    try (KafkaConsumer<String, byte[]> reader = consumer(bootstrapServers)) {
      List<TopicPartition> partitions = partitions(reader, topic);
      Map<TopicPartition, Long> from = reader.beginningOffsets(partitions);
      Map<TopicPartition, Long> to = reader.endOffsets(partitions);
      return partitions.stream()
          .sorted(Comparator.comparingInt(TopicPartition::partition))
          .map(at -> new PartitionRange(at.partition(), from.get(at), to.get(at)))
          .toList();
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    try (consumer) {
      Map<String, RecordCodec<? extends EventRecord>> codecs = new HashMap<>();
      List<TopicPartition> all = new ArrayList<>();
      for (Topics.Topic topic : FOLLOWED) {
        codecs.put(topic.name(), RecordCodec.of(topic.type()));
        all.addAll(partitions(consumer, topic.name()));
      }
      consumer.assign(all);
      consumer.seekToBeginning(all);
      while (true) {
        for (ConsumerRecord<String, byte[]> next : consumer.poll(POLL)) {
          if (next.value() != null) {
            log.add(next.topic(), codecs.get(next.topic()).decode(next.value()));
          }
        }
      }
    } catch (WakeupException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.fail(e);
    }
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<String, byte[]> reader, String topic) {
    return reader.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
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
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1000")),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}
