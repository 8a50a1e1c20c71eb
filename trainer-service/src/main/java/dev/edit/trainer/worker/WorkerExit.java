package dev.edit.trainer.worker;

/** A worker's exit codes; all but the first and the last three follow a FAILED event of the run. */
public enum WorkerExit {
  /** The last checkpoint is told. */
  SUCCESS(0),
  /** Something that nothing below describes. */
  UNEXPECTED(1),
  /**
   * The run, its student or its data are not what they should be; training again would not help.
   */
  INVALID_RUN(3),
  /** The loss or the gradient was not a number. */
  DIVERGED(4),
  /** A checkpoint could not be written. */
  CHECKPOINT_NOT_WRITTEN(5),
  /** A command line that cannot be understood, or a run that does not exist. */
  USAGE(2),
  /** Kafka did not answer, or a younger worker of the same run has taken over. */
  KAFKA(6),
  /** A later attempt at the run is wanted, or none at all. */
  OUTDATED(7);

  private final int code;

  WorkerExit(int code) {
    this.code = code;
  }

  /** The process's exit code. */
  public int code() {
    return code;
  }
}
