package dev.edit.aligner.messaging;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The aligner's Kafka clients: read_committed in, transactional out. */
public final class KafkaClients {
  static final String GROUP = "edit-aligner";

  /**
   * A transaction sends hundreds of records at once; by default only some six would go together.
   */
  private static final int SENT_AT_ONCE = 128 << 10;

  private final Map<String, Object> common;

  /**
   * Clients of one broker.
   *
   * @param common what all clients share: {@code bootstrap.servers} and, where needed, credentials
   */
  public KafkaClients(Map<String, Object> common) {
    this.common = Map.copyOf(common);
  }

  /** A consumer of the aligner's group, with at most {@code batchSize} records a poll. */
  public Consumer<String, byte[]> consumer(int batchSize) {
    Map<String, Object> settings = new HashMap<>(common);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batchSize);
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** A producer whose transactions belong to a worker of that name. */
  public Producer<String, byte[]> producer(String instance) {
    Map<String, Object> settings = new HashMap<>(common);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, GROUP + "-" + instance);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, SENT_AT_ONCE);
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }
}
