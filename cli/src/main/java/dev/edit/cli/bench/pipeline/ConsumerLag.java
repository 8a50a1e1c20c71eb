package dev.edit.cli.bench.pipeline;

import dev.edit.contracts.KafkaEnvironment;
import dev.edit.contracts.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * What the stages' consumer groups have not yet committed, in records. The markers that end
 * transactions have offsets too; they are nobody's work and are not counted.
 */
final class ConsumerLag {
  private static final Map<String, String> INPUTS = new LinkedHashMap<>();

  static {
    INPUTS.put("edit-generator-annotate", Topics.PROBLEMS);
    INPUTS.put("edit-generator-rectify", Topics.WRONG_COTS);
    INPUTS.put("edit-generator-corrupt", Topics.RIGHT_COTS);
    INPUTS.put("edit-aligner", Topics.DUAL_COTS);
  }

  private ConsumerLag() {}

  /** By consumer group. */
  static Map<String, Long> now(String bootstrapServers, RecordTape tape)
      throws InterruptedException {
    try (Admin admin =
        Admin.create(
            KafkaEnvironment.with(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers)))) {
      Map<String, ListConsumerGroupOffsetsSpec> all = new LinkedHashMap<>();
      INPUTS.keySet().forEach(group -> all.put(group, new ListConsumerGroupOffsetsSpec()));
      Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
          admin.listConsumerGroupOffsets(all).all().get();
      Map<String, Long> lag = new LinkedHashMap<>();
      INPUTS.forEach((group, topic) -> lag.put(group, behind(tape, topic, committed.get(group))));
      return lag;
    } catch (ExecutionException e) {
      throw new KafkaException("cannot read the groups' offsets", e.getCause());
    }
  }

  private static long behind(
      RecordTape tape, String topic, Map<TopicPartition, OffsetAndMetadata> committed) {
    return tape.of(topic).stream().filter(record -> !isCommitted(record, committed)).count();
  }

  private static boolean isCommitted(
      ConsumerRecord<String, byte[]> record, Map<TopicPartition, OffsetAndMetadata> committed) {
    OffsetAndMetadata next = committed.get(new TopicPartition(record.topic(), record.partition()));
    return next != null && record.offset() < next.offset();
  }
}
