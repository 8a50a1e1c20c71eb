package dev.edit.embeddedkafka;

import dev.edit.contracts.Topics;
import dev.edit.contracts.Topics.Retention;
import dev.edit.contracts.Topics.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of {@link Topics#ALL} on a broker, wherever it runs. */
public final class PipelineTopics {
  private static final Set<String> SINGLE =
      Set.of(
          Topics.RUNS,
          Topics.RUN_EVENTS,
          Topics.CHECKPOINTS,
          Topics.EVALUATIONS,
          Topics.DEAD_LETTERS);

  /** How long new partitions may take to have leaders, and how often that is asked. */
  private static final Duration LEADERS = Duration.ofSeconds(30);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private PipelineTopics() {}

  /**
   * {@code partitions} for the topics with one record per problem; 1 for runs, run events,
   * checkpoints, evaluations and dead letters.
   */
  public static ToIntFunction<Topic> dataPartitions(int partitions) {
    return topic -> SINGLE.contains(topic.name()) ? 1 : partitions;
  }

  /**
   * Creates the topics that are missing: zstd, and compacted or deleted by age as the contract
   * says. Topics that exist are left as they are.
   *
   * <p>When this returns, every new partition has a leader that answers. A producer with several
   * requests in flight that comes earlier can have its first batch refused and its second one
   * taken; Kafka then refuses the first for good, as out of order.
   *
   * @throws KafkaException if the broker refuses or cannot be reached
   */
  public static void create(Admin admin, ToIntFunction<Topic> partitionsOf, short replication) {
    Map<String, Integer> partitions =
        Topics.ALL.stream().collect(Collectors.toMap(Topic::name, partitionsOf::applyAsInt));
    Map<String, KafkaFuture<Void>> created =
        admin
            .createTopics(
                Topics.ALL.stream()
                    .map(topic -> newTopic(topic, partitions.get(topic.name()), replication))
                    .toList())
            .values();
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    created.forEach(
        (name, creation) -> {
          if (isNew(name, creation)) {
            for (int partition = 0; partition < partitions.get(name); partition++) {
              latest.put(new TopicPartition(name, partition), OffsetSpec.latest());
            }
          }
        });
    awaitLeaders(admin, latest);
  }

  /** Right after creation a broker may not know the topic yet that its controller has made. */
  private static void awaitLeaders(Admin admin, Map<TopicPartition, OffsetSpec> latest) {
    long deadline = System.nanoTime() + LEADERS.toNanos();
    while (true) {
      try {
        await("leaders of the new topics", admin.listOffsets(latest).all());
        return;
      } catch (KafkaException e) {
        if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private static boolean isNew(String name, KafkaFuture<Void> creation) {
    try {
      await("topic " + name, creation);
      return true;
    } catch (KafkaException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw e;
    }
  }

  private static void await(String what, KafkaFuture<?> future) {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new KafkaException(
          what + ": cannot create: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException(what + ": interrupted", e);
    }
  }

  private static NewTopic newTopic(Topic topic, int partitions, short replication) {
    return new NewTopic(topic.name(), partitions, replication)
        .configs(
            Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                topic.retention() == Retention.COMPACT
                    ? TopicConfig.CLEANUP_POLICY_COMPACT
                    : TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.COMPRESSION_TYPE_CONFIG,
                "zstd"));
  }
}
