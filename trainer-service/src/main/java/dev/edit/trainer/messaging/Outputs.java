package dev.edit.trainer.messaging;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.Topics;
import dev.edit.recordloop.Output;

/** Which topic takes each record that the trainer writes. */
final class Outputs {
  private Outputs() {}

  static Output of(EventRecord record) {
    if (record instanceof RunEvent event) {
      return Output.of(Topics.RUN_EVENTS, RunEvent.class, event);
    }
    if (record instanceof Checkpoint checkpoint) {
      return Output.of(Topics.CHECKPOINTS, Checkpoint.class, checkpoint);
    }
    if (record instanceof DeadLetter letter) {
      return Output.of(Topics.DEAD_LETTERS, DeadLetter.class, letter);
    }
    throw new IllegalArgumentException("the trainer writes no " + record.getClass().getName());
  }
}
