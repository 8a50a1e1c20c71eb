package dev.edit.trainer.operator;

import dev.edit.contracts.Run;
import dev.edit.contracts.Run.PartitionRange;
import java.util.List;
import java.util.Set;

/** The topics as the operator needs them. Thread-safe. */
public interface RunBoard {

  /** What the topics say of a run as of the moment of the call. */
  RunSight sight(String run);

  /** All of edit.key-steps as of the moment of the call. */
  List<PartitionRange> wholeDataset();

  /** Puts a run on edit.runs; returns when it is there. */
  void order(Run run);

  /** Reads on and names the runs of which something new was told since the last call. */
  Set<String> news();
}
