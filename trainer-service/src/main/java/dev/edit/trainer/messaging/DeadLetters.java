package dev.edit.trainer.messaging;

import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.trainer.domain.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Dead letters of what came from a topic and could not be read. */
final class DeadLetters {
  private DeadLetters() {}

  /** The dead letter of a record; its id is the record's place, so that it never doubles. */
  static DeadLetter of(
      ConsumerRecord<String, byte[]> record, String stage, UnreadableRecordException error) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    return new DeadLetter(
        "%s/%d/%d".formatted(record.topic(), record.partition(), record.offset()),
        stage,
        error.reason().code(),
        error.getMessage(),
        1,
        text(value),
        new DeadLetter.Pointer(
            record.topic(), record.partition(), record.offset(), Sha256.of(value)));
  }

  private static String text(byte[] value) {
    if (value.length > DeadLetter.LONGEST_RECORD) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
