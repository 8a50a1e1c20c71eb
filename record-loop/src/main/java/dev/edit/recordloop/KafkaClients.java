package dev.edit.recordloop;

import dev.edit.contracts.KafkaEnvironment;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

/** Makes consumers of committed records and producers that lose nothing. */
public final class KafkaClients {
  /** How long a record may be worked on before its partition goes to another process. */
  private static final int LONGEST_WORK_MS = 60 * 60 * 1000;

  private static final int LOOKUP_WAIT_MS = 5;

  /** A larger record comes all the same: a fetch holds at least one batch. */
  private static final int LOOKUP_BYTES = 64 << 10;

  private static final String INTERCEPTORS = "interceptor.classes";

  private final String bootstrapServers;

  public KafkaClients(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** A member of a group that polls one record at a time and commits nothing itself. */
  public Consumer<String, byte[]> member(String group) {
    Map<String, Object> settings = committedOnly();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, LONGEST_WORK_MS);
    return consumer(settings);
  }

  /** A transactional producer; an older one of the same id is shut out. */
  public Producer<String, byte[]> transactional(String id) {
    Map<String, Object> settings = durable();
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    return producer(settings);
  }

  /** A producer whose records stand alone. */
  public Producer<String, byte[]> plain() {
    return producer(durable());
  }

  /** A consumer without a group, of what is published from now on. */
  public Consumer<String, byte[]> onlooker() {
    Map<String, Object> settings = committedOnly();
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    return consumer(settings);
  }

  /**
   * A consumer without a group that takes one record here and one there. Its fetches do not wait
   * for more to come: the next record that is looked up would have to wait for them.
   */
  public Consumer<String, byte[]> lookup() {
    Map<String, Object> settings = committedOnly();
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, LOOKUP_WAIT_MS);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, LOOKUP_BYTES);
    return consumer(settings);
  }

  /**
   * A consumer without a group that reads stretches of the log. It goes without interceptors: what
   * it reads is looked up and no hop of a trace.
   *
   * @param reset what becomes of an offset that is gone: {@code earliest} or {@code none}
   * @param patience how long a question may take
   */
  public KafkaConsumer<String, byte[]> reader(String reset, Duration patience) {
    Map<String, Object> settings = committedOnly();
    settings.remove(INTERCEPTORS);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, reset);
    settings.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
    return consumer(settings);
  }

  private Map<String, Object> committedOnly() {
    Map<String, Object> settings = new HashMap<>(KafkaEnvironment.access());
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    interceptors().ifPresent(names -> settings.put(INTERCEPTORS, names));
    return settings;
  }

  /** As the variable says that the clients of the other services read as well. */
  public static Optional<String> interceptors() {
    return Optional.ofNullable(System.getenv("KAFKA_INTERCEPTOR_CLASSES"));
  }

  private Map<String, Object> durable() {
    Map<String, Object> settings = new HashMap<>(KafkaEnvironment.access());
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    interceptors().ifPresent(names -> settings.put(INTERCEPTORS, names));
    return settings;
  }

  private static KafkaConsumer<String, byte[]> consumer(Map<String, Object> settings) {
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private static Producer<String, byte[]> producer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }
}
