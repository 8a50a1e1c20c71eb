package dev.edit.aligner;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.embeddedkafka.TopicReader;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts records on edit.dual-cots and reads what came of them. */
public final class DualTopic implements AutoCloseable {
  private static final RecordCodec<DualCot> CODEC = RecordCodec.of(DualCot.class);

  private final KafkaProducer<String, byte[]> producer;
  private final String bootstrapServers;
  private final String topic;

  public DualTopic(String bootstrapServers) {
    this(bootstrapServers, Topics.DUAL_COTS);
  }

  /** Puts records on another topic. */
  public DualTopic(String bootstrapServers, String topic) {
    this.topic = topic;
    this.bootstrapServers = bootstrapServers;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  public void put(DualCot dual) {
    put(dual.key(), CODEC.encode(dual));
  }

  public void put(String key, String value) {
    put(key, value == null ? null : value.getBytes(UTF_8));
  }

  private void put(String key, byte[] value) {
    var unused = producer.send(new ProducerRecord<>(topic, key, value));
  }

  public void flush() {
    producer.flush();
  }

  public List<ConsumerRecord<String, byte[]>> read(String from) {
    try (TopicReader reader = new TopicReader(bootstrapServers)) {
      return reader.read(from);
    }
  }

  public List<DeadLetter> deadLetters() {
    RecordCodec<DeadLetter> codec = RecordCodec.of(DeadLetter.class);
    return read(Topics.DEAD_LETTERS).stream().map(r -> codec.decode(r.value())).toList();
  }

  @Override
  public void close() {
    producer.close();
  }
}
