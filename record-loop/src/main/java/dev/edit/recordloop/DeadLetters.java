package dev.edit.recordloop;

import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.codec.RawRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Dead letters of records as they came from a topic. */
public final class DeadLetters {
  private DeadLetters() {}

  /** The dead letter of a record; its id is the record's place, so that it never doubles. */
  public static DeadLetter of(
      ConsumerRecord<String, byte[]> record, String stage, String reason, String message) {
    RawRecord raw =
        new RawRecord(record.topic(), record.partition(), record.offset(), record.value());
    return new DeadLetter(raw.place(), stage, reason, message, 1, raw.text(), raw.pointer());
  }
}
