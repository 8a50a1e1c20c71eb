package dev.edit.trainer.domain;

import dev.edit.contracts.EventRecord;
import java.util.List;

/** Where a run's events and checkpoints are told. */
@FunctionalInterface
public interface RunJournal {

  /** Publishes the records in order, all of them or none. */
  void publish(List<EventRecord> records);
}
