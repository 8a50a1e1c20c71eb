package dev.edit.evaluator.messaging;

import dev.edit.contracts.DeadLetter;
import dev.edit.evaluator.domain.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Dead letters of checkpoints. */
final class DeadLetters {
  private static final String STAGE = "evaluate";

  private DeadLetters() {}

  /** The dead letter of a record; its id is the record's place, so that it never doubles. */
  static DeadLetter of(ConsumerRecord<String, byte[]> record, String reason, String message) {
    return new DeadLetter(
        "%s/%d/%d".formatted(record.topic(), record.partition(), record.offset()),
        STAGE,
        reason,
        message,
        1,
        text(record.value()),
        new DeadLetter.Pointer(
            record.topic(), record.partition(), record.offset(), Sha256.of(record.value())));
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
