package dev.edit.aligner.messaging;

import dev.edit.contracts.EventRecord;
import dev.edit.contracts.codec.RecordCodec;

/**
 * A record to publish.
 *
 * @param topic where to
 * @param key its Kafka key
 * @param value its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Output(String topic, String key, byte[] value) {

  static <T extends EventRecord> Output of(String topic, RecordCodec<T> codec, T value) {
    return new Output(topic, value.key(), codec.encode(value));
  }
}
