package dev.edit.cli.pipeline;

import dev.edit.contracts.EventRecord;
import dev.edit.contracts.KafkaEnvironment;
import dev.edit.contracts.codec.RecordCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts records on topics: idempotent, acknowledged by all replicas, zstd. */
public final class RecordPublisher implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final KafkaProducer<String, byte[]> producer;

  public RecordPublisher(String bootstrapServers) {
    this.producer =
        new KafkaProducer<>(
            KafkaEnvironment.with(
                Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                    ProducerConfig.ACKS_CONFIG, "all",
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
                    ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd",
                    ProducerConfig.LINGER_MS_CONFIG, "20",
                    ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) PATIENCE.toMillis())),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /**
   * Publishes records in order; they are on the topic when this returns.
   *
   * @throws KafkaException if one could not be published
   */
  public <T extends EventRecord> void publish(String topic, Class<T> type, Collection<T> values)
      throws InterruptedException {
    RecordCodec<T> codec = RecordCodec.of(type);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (T value : values) {
      Future<RecordMetadata> one =
          producer.send(new ProducerRecord<>(topic, value.key(), codec.encode(value)));
      if (one.isDone()) {
        // One that cannot even be sent has waited for Kafka already; the next one would as well.
        await(topic, one);
      }
      sent.add(one);
    }
    producer.flush();
    for (Future<RecordMetadata> one : sent) {
      await(topic, one);
    }
  }

  private static void await(String topic, Future<RecordMetadata> one) throws InterruptedException {
    try {
      one.get();
    } catch (ExecutionException e) {
      throw new KafkaException("topic " + topic + ": cannot publish", e.getCause());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
