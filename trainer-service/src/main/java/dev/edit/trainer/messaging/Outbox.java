package dev.edit.trainer.messaging;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;

/** Which topic takes each record that the trainer writes, and its bytes there. */
final class Outbox {
  private static final RecordCodec<RunEvent> EVENTS = RecordCodec.of(RunEvent.class);
  private static final RecordCodec<Checkpoint> CHECKPOINTS = RecordCodec.of(Checkpoint.class);
  private static final RecordCodec<DeadLetter> DEAD_LETTERS = RecordCodec.of(DeadLetter.class);

  private Outbox() {}

  /**
   * A record on its way out.
   *
   * @param topic where it goes
   * @param key its key there
   * @param value its bytes there
   */
  record Addressed(String topic, String key, byte[] value) {}

  static Addressed address(EventRecord record) {
    if (record instanceof RunEvent event) {
      return new Addressed(Topics.RUN_EVENTS, event.key(), EVENTS.encode(event));
    }
    if (record instanceof Checkpoint checkpoint) {
      return new Addressed(Topics.CHECKPOINTS, checkpoint.key(), CHECKPOINTS.encode(checkpoint));
    }
    if (record instanceof DeadLetter letter) {
      return new Addressed(Topics.DEAD_LETTERS, letter.key(), DEAD_LETTERS.encode(letter));
    }
    throw new IllegalArgumentException("the trainer writes no " + record.getClass().getName());
  }
}
