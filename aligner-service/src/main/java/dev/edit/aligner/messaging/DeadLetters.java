package dev.edit.aligner.messaging;

import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.DeadLetter.Pointer;
import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Require;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The aligner's dead letters. Each is small enough to be sent: a record too large, or not text, is
 * left out, and its digest and its place stand for it.
 */
final class DeadLetters {
  static final String STAGE = "align";

  private static final RecordCodec<DeadLetter> CODEC = RecordCodec.of(DeadLetter.class);

  private DeadLetters() {}

  /** A dead letter about a record whose problem is known. */
  static Output about(
      ConsumerRecord<String, byte[]> source, String problemId, String reason, String message) {
    return Output.of(
        Topics.DEAD_LETTERS,
        CODEC,
        new DeadLetter(
            problemId,
            STAGE,
            reason,
            message,
            1,
            text(source.value()),
            new Pointer(
                source.topic(), source.partition(), source.offset(), sha256(source.value()))));
  }

  /**
   * A dead letter about a record that cannot be read: its key names the problem, if it could be an
   * id; else its place stands in.
   */
  static Output aboutUnreadable(
      ConsumerRecord<String, byte[]> source, String reason, String message) {
    return about(source, problemId(source), reason, message);
  }

  private static String problemId(ConsumerRecord<String, byte[]> source) {
    try {
      return Require.id("key", source.key());
    } catch (InvalidRecordException e) {
      return source.topic() + "/" + source.partition() + "/" + source.offset();
    }
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

  private static String sha256(byte[] value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
