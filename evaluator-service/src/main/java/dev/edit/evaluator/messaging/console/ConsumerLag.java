package dev.edit.evaluator.messaging.console;

import dev.edit.contracts.KafkaEnvironment;
import dev.edit.evaluator.domain.console.GroupLag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the pipeline's consumer groups are behind, asked of the broker at most every {@link
 * #FRESH}. Thread-safe.
 */
public final class ConsumerLag implements AutoCloseable {
  private static final String PREFIX = "edit-";
  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String bootstrapServers;
  private Admin admin;
  private List<GroupLag> latest = List.of();
  private long asked = System.nanoTime() - FRESH.toNanos();

  public ConsumerLag(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * The groups by name.
   *
   * @throws KafkaException where the broker does not answer
   */
  public synchronized List<GroupLag> groups() {
    if (System.nanoTime() - asked >= FRESH.toNanos()) {
      latest = ask();
      asked = System.nanoTime();
    }
    return latest;
  }

  private List<GroupLag> ask() {
    if (admin == null) {
      admin =
          Admin.create(
              KafkaEnvironment.with(
                  Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers)));
    }
    List<String> groups =
        get(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all()).stream()
            .map(GroupListing::groupId)
            .filter(group -> group.startsWith(PREFIX))
            .toList();
    if (groups.isEmpty()) {
      return List.of();
    }
    Map<String, ListConsumerGroupOffsetsSpec> wanted = new HashMap<>();
    groups.forEach(group -> wanted.put(group, new ListConsumerGroupOffsetsSpec()));
    Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
        get(admin.listConsumerGroupOffsets(wanted).all());
    Set<TopicPartition> partitions = new HashSet<>();
    committed.values().forEach(offsets -> partitions.addAll(offsets.keySet()));
    Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
    partitions.forEach(partition -> specs.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> ends = get(admin.listOffsets(specs).all());
    List<GroupLag> lags = new ArrayList<>();
    committed.forEach((group, offsets) -> lags.addAll(lags(group, offsets, ends)));
    lags.sort(Comparator.comparing(GroupLag::group).thenComparing(GroupLag::topic));
    return List.copyOf(lags);
  }

  private static List<GroupLag> lags(
      String group,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      Map<TopicPartition, ListOffsetsResultInfo> ends) {
    Map<String, Long> byTopic = new TreeMap<>();
    offsets.forEach(
        (partition, offset) -> {
          if (offset != null) {
            long behind = Math.max(0, ends.get(partition).offset() - offset.offset());
            byTopic.merge(partition.topic(), behind, Long::sum);
          }
        });
    List<GroupLag> lags = new ArrayList<>();
    byTopic.forEach((topic, lag) -> lags.add(new GroupLag(group, topic, lag)));
    return lags;
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new KafkaException("consumer groups: " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("consumer groups: no answer within " + PATIENCE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("consumer groups: interrupted", e);
    }
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(PATIENCE);
    }
  }
}
