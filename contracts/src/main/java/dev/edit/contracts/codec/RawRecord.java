package dev.edit.contracts.codec;

import dev.edit.contracts.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A value as it lies on a topic, read or not: what a dead letter says of it.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param value its bytes; null, as a tombstone has it, counts as empty
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through, never compared.
public record RawRecord(String topic, int partition, long offset, byte[] value) {
  public RawRecord {
    value = value == null ? new byte[0] : value;
  }

  /** {@code topic/partition/offset}: an id that no other record has. */
  public String place() {
    return topic + "/" + partition + "/" + offset;
  }

  /** The value as text; null where it is too long for a dead letter or no UTF-8. */
  public String text() {
    if (value.length > DeadLetter.LONGEST_RECORD) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Where it lies, with its digest. */
  public DeadLetter.Pointer pointer() {
    return new DeadLetter.Pointer(topic, partition, offset, Sha256.of(value));
  }
}
