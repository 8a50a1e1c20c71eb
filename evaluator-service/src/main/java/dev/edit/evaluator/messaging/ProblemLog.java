package dev.edit.evaluator.messaging;

import dev.edit.contracts.KafkaEnvironment;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.evaluator.metrics.EvaluatorMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads edit.problems from its beginning to its end of the moment, without a consumer group.
 * Unreadable records are counted and passed over: the generator, which reads them too, reports
 * them.
 */
public final class ProblemLog {
  private static final RecordCodec<Problem> PROBLEMS = RecordCodec.of(Problem.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;
  private final Duration patience;
  private final EvaluatorMetrics metrics;

  /**
   * @param patience how long a read may go without any advance
   */
  public ProblemLog(String bootstrapServers, Duration patience, EvaluatorMetrics metrics) {
    this.bootstrapServers = bootstrapServers;
    this.patience = patience;
    this.metrics = metrics;
  }

  /**
   * The newest problem of every id.
   *
   * @throws org.apache.kafka.common.KafkaException where Kafka does not answer or has no such topic
   */
  public Collection<Problem> read() {
    Map<String, Problem> newest = new LinkedHashMap<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.PROBLEMS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new UnknownTopicOrPartitionException(Topics.PROBLEMS + ": no such topic");
      }
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long lastAdvance = System.nanoTime();
      while (!atEnd(consumer, ends)) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          lastAdvance = System.nanoTime();
          take(record, newest);
        }
        if (System.nanoTime() - lastAdvance > patience.toNanos()) {
          throw new TimeoutException(
              "%s: nothing came within %s, expected to reach %s"
                  .formatted(Topics.PROBLEMS, patience, ends));
        }
      }
    }
    return new ArrayList<>(newest.values());
  }

  private static boolean atEnd(
      KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
    ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
    Set<TopicPartition> done = new HashSet<>(consumer.assignment());
    done.removeAll(ends.keySet());
    consumer.pause(done);
    return ends.isEmpty();
  }

  private void take(ConsumerRecord<String, byte[]> record, Map<String, Problem> newest) {
    if (record.value() == null) {
      newest.remove(record.key());
      return;
    }
    try {
      Problem problem = PROBLEMS.decode(record.value());
      newest.put(problem.id(), problem);
    } catch (UnreadableRecordException e) {
      metrics.unreadableProblem();
    }
  }

  private Properties settings() {
    Properties settings = new Properties();
    settings.putAll(KafkaEnvironment.access());
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
    return settings;
  }
}
