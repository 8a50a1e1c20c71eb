package dev.edit.trainer.worker;

import java.util.Locale;

/** A worker's exit codes; 1, 3, 4 and 5 follow a FAILED event of the run. */
public enum WorkerExit {
  /** The last checkpoint is told. */
  SUCCESS(0),
  /** Something that nothing below describes. */
  UNEXPECTED(1),
  /** A command line that cannot be understood, or a run that does not exist. */
  USAGE(2),
  /**
   * The run, its student or its data are not what they should be; training again would not help.
   */
  INVALID_RUN(3),
  /** The loss or the gradient was not a number. */
  DIVERGED(4),
  /** A checkpoint or a save could not be written. */
  CHECKPOINT_NOT_WRITTEN(5),
  /** Kafka did not answer, or a younger worker of the same attempt has taken over. */
  KAFKA(6),
  /** A later attempt at the run is wanted, or none at all. */
  OUTDATED(7),
  /** The worker was asked to end; a later one goes on. */
  STOPPED(8);

  private final int code;

  WorkerExit(int code) {
    this.code = code;
  }

  /** The process's exit code. */
  public int code() {
    return code;
  }

  /** The reason code of the event that tells it, such as {@code invalid-run}. */
  public String reason() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
