package dev.edit.cli.runs;

import dev.edit.cli.CommandFailure;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.KafkaEnvironment;
import dev.edit.contracts.Run;
import dev.edit.contracts.Run.PartitionRange;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The topics of runs, read from their beginning and then onwards; committed records only, without a
 * consumer group. A record that cannot be read is passed over and counted. Used by one thread.
 */
public final class RunTopics implements AutoCloseable {
  private static final List<String> TOPICS =
      List.of(Topics.RUNS, Topics.RUN_EVENTS, Topics.CHECKPOINTS, Topics.EVALUATIONS);
  private static final int PATIENCE_MS = 15_000;

  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<String, RunStory> stories = new LinkedHashMap<>();
  private int unreadable;

  /**
   * @throws CommandFailure where Kafka does not answer, or a topic does not exist
   */
  public RunTopics(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            KafkaEnvironment.with(
                Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                    ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS)),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    try {
      List<TopicPartition> all = new ArrayList<>();
      TOPICS.forEach(topic -> all.addAll(partitions(topic)));
      consumer.assign(all);
      consumer.seekToBeginning(all);
    } catch (TimeoutException e) {
      consumer.close(Duration.ZERO);
      throw new CommandFailure("Kafka at " + bootstrapServers + " does not answer", e);
    } catch (RuntimeException e) {
      consumer.close(Duration.ZERO);
      throw e;
    }
  }

  /** Reads up to the present ends. */
  public void catchUp() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      follow(Duration.ofMillis(200));
    }
  }

  /** Reads what comes within some time; returns early when something has come. */
  public void follow(Duration patience) {
    for (ConsumerRecord<String, byte[]> record : consumer.poll(patience)) {
      take(record);
    }
  }

  /** All runs, in the order in which they were first told of. */
  public Collection<RunStory> all() {
    return List.copyOf(stories.values());
  }

  /** A run; empty where nothing tells of it. */
  public Optional<RunStory> find(String run) {
    return Optional.ofNullable(stories.get(run));
  }

  /** Records that could not be read so far. */
  public int unreadable() {
    return unreadable;
  }

  /** The whole of edit.key-steps at this moment. */
  public List<PartitionRange> wholeDataset() {
    List<TopicPartition> partitions = partitions(Topics.KEY_STEPS);
    Map<TopicPartition, Long> from = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> to = consumer.endOffsets(partitions);
    return partitions.stream()
        .sorted(Comparator.comparingInt(TopicPartition::partition))
        .map(at -> new PartitionRange(at.partition(), from.get(at), to.get(at)))
        .toList();
  }

  @Override
  public void close() {
    consumer.close(Duration.ofSeconds(1));
  }

  private List<TopicPartition> partitions(String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new CommandFailure("topic " + topic + " does not exist");
    }
    return partitions;
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      if (record.topic().equals(Topics.RUNS)) {
        story(record.key()).add((Run) null);
      }
      return;
    }
    try {
      switch (record.topic()) {
        case Topics.RUNS -> {
          Run run = decode(Run.class, record);
          story(run.id()).add(run);
        }
        case Topics.RUN_EVENTS -> {
          RunEvent event = decode(RunEvent.class, record);
          story(event.run()).add(event);
        }
        case Topics.CHECKPOINTS -> {
          Checkpoint checkpoint = decode(Checkpoint.class, record);
          story(checkpoint.run()).add(checkpoint);
        }
        default -> {
          Evaluation evaluation = decode(Evaluation.class, record);
          story(evaluation.run()).add(evaluation);
        }
      }
    } catch (UnreadableRecordException e) {
      unreadable++;
    }
  }

  private static <T extends EventRecord> T decode(
      Class<T> type, ConsumerRecord<String, byte[]> record) {
    return RecordCodec.of(type).decode(record.value());
  }

  private RunStory story(String run) {
    return stories.computeIfAbsent(run, RunStory::new);
  }
}
