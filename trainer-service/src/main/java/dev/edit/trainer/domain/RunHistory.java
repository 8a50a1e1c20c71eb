package dev.edit.trainer.domain;

import dev.edit.contracts.Run;
import java.util.List;

/** What the log says of runs, as of the moment of the call. */
public interface RunHistory {

  /** Where a run stands. */
  Standing standing(String run);

  /** Runs that were accepted and have not come to an end, in the order in which they came. */
  List<Run> unfinished();

  /** Where a run stands. */
  enum Standing {
    /** Nothing was told of it. */
    UNKNOWN,
    /** It was accepted; no end was told. */
    ACCEPTED,
    /** A final event, or a checkpoint marked last, was told. */
    FINISHED
  }
}
