package dev.edit.recordloop;

import dev.edit.contracts.EventRecord;
import dev.edit.contracts.codec.RecordCodec;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record on its way out.
 *
 * @param topic where it goes
 * @param key its key there
 * @param value its bytes there
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through, not compared.
public record Output(String topic, String key, byte[] value) {

  /** An event record addressed to a topic. */
  public static <T extends EventRecord> Output of(String topic, Class<T> type, T value) {
    return new Output(topic, value.key(), RecordCodec.of(type).encode(value));
  }

  /** As Kafka's producer takes it. */
  public ProducerRecord<String, byte[]> toRecord() {
    return new ProducerRecord<>(topic, key, value);
  }
}
