package dev.edit.aligner.messaging;

import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.InvalidRecordException;
import dev.edit.contracts.Require;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RawRecord;
import dev.edit.contracts.codec.RecordCodec;
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
            problemId, STAGE, reason, message, 1, raw(source).text(), raw(source).pointer()));
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
      return raw(source).place();
    }
  }

  private static RawRecord raw(ConsumerRecord<String, byte[]> source) {
    return new RawRecord(source.topic(), source.partition(), source.offset(), source.value());
  }
}
