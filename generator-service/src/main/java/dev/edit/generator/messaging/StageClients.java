package dev.edit.generator.messaging;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes the stages' Kafka clients. Everything under {@code kafka.} goes to all of them, credentials
 * included; only what the promises rest on is fixed.
 */
public final class StageClients {
  /** The client's own default. */
  private static final int LARGEST_REQUEST = 1 << 20;

  private static final int FRAMING = 4 << 10;

  private final Map<String, Object> kafka;

  /**
   * Clients of a cluster.
   *
   * @param kafka {@code bootstrap.servers}, and whatever else the clients should be given
   */
  public StageClients(Map<String, Object> kafka) {
    this.kafka = Map.copyOf(kafka);
  }

  /** A member of a group that reads what is committed and commits nothing itself. */
  Consumer<String, byte[]> member(String group, int mostAtOnce) {
    return new KafkaConsumer<>(
        memberSettings(group, mostAtOnce), new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** A transactional producer; an older one of the same id is shut out. */
  Producer<String, byte[]> transactional(String id) {
    return new KafkaProducer<>(
        producerSettings(id), new StringSerializer(), new ByteArraySerializer());
  }

  /**
   * The most bytes that a record's value may have so that the producers send it: {@code
   * kafka.max.request.size}, less what key and framing take.
   */
  int largestRecord() {
    Object configured = kafka.get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    return (configured == null ? LARGEST_REQUEST : Integer.parseInt(configured.toString()))
        - FRAMING;
  }

  Admin admin() {
    return Admin.create(adminSettings());
  }

  /** A killed worker's partitions move on after 15 seconds; moving some leaves the others alone. */
  Map<String, Object> memberSettings(String group, int mostAtOnce) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 15_000);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 10_000);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    settings.putAll(kafka);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, mostAtOnce);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return settings;
  }

  /** Transactions are short: what a killed worker left open holds others up no longer than 20 s. */
  Map<String, Object> producerSettings(String id) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 20_000);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
    settings.putAll(kafka);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    return settings;
  }

  Map<String, Object> adminSettings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    settings.putAll(kafka);
    return settings;
  }
}
