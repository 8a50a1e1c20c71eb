package dev.edit.embeddedkafka;

import dev.edit.contracts.Topics;
import dev.edit.contracts.Topics.Retention;
import dev.edit.contracts.Topics.Topic;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
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
   * @throws KafkaException if the broker refuses or cannot be reached
   */
  public static void create(Admin admin, ToIntFunction<Topic> partitionsOf, short replication) {
    Set<NewTopic> wanted =
        Topics.ALL.stream()
            .map(topic -> newTopic(topic, partitionsOf.applyAsInt(topic), replication))
            .collect(Collectors.toSet());
    admin
        .createTopics(wanted)
        .values()
        .forEach(
            (name, created) -> {
              try {
                created.get();
              } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                  throw new KafkaException("topic %s: cannot create".formatted(name), e.getCause());
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("topic %s: interrupted".formatted(name), e);
              }
            });
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
