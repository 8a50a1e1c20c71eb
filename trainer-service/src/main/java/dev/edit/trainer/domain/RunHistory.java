package dev.edit.trainer.domain;

import dev.edit.contracts.Run;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the log says of runs, as of the moment of the call. */
public interface RunHistory {

  /** Where an attempt at a run stands. */
  Standing standing(String run, int epoch);

  /** What was last told of an attempt's worker; empty where nothing was. */
  Optional<RunLauncher.Note> lastNote(String run, int epoch);

  /**
   * Runs of some partitions of edit.runs whose newest attempt was accepted and has not come to an
   * end, in the order in which they came.
   */
  List<Placed> unfinished(Set<Integer> partitions);

  /**
   * A run and its place.
   *
   * @param partition of edit.runs; whoever owns it owns the run
   */
  record Placed(Run run, int partition) {}

  /** Where an attempt at a run stands. */
  enum Standing {
    /** Nothing was told of it. */
    UNKNOWN,
    /** It was accepted; no end was told. */
    ACCEPTED,
    /**
     * A final event, a checkpoint marked last or a later attempt was told: nothing is left to do.
     */
    FINISHED
  }
}
