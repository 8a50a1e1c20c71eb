package dev.edit.trainer.messaging;

import dev.edit.recordloop.RecordLoop;
import dev.edit.trainer.domain.Dispatcher;
import java.util.Set;

/** A dispatcher serves the runs of the partitions that Kafka gave to it, and no others. */
public record OwnedRuns(Dispatcher dispatcher) implements RecordLoop.Ownership {

  /** The runs themselves are found by {@link Dispatcher#recover}, which may take long. */
  @Override
  public void assigned(Set<Integer> partitions) {
    dispatcher.own(partitions);
  }

  @Override
  public void revoked(Set<Integer> partitions) {
    dispatcher.release(partitions);
  }
}
