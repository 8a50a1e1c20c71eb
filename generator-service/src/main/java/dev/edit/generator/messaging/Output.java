package dev.edit.generator.messaging;

import dev.edit.contracts.EventRecord;
import dev.edit.contracts.codec.RecordCodec;

/** One record to publish. */
record Output(String topic, String key, byte[] value) {

  static <T extends EventRecord> Output of(String topic, RecordCodec<T> codec, T value) {
    return new Output(topic, value.key(), codec.encode(value));
  }
}
