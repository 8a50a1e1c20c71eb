package dev.edit.trainer.worker;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A worker's exit codes; 1, 4, 5 and 9 follow a FAILED event of the run. */
public enum WorkerExit {
  /** The last checkpoint is told. */
  SUCCESS(0),
  /** Something that nothing below describes. */
  UNEXPECTED(1),
  /** A command line that cannot be understood, or a run that does not exist. */
  USAGE(2),
  /** The Java heap was exhausted: what the virtual machine itself ends with. */
  OUT_OF_MEMORY(3),
  /** The loss or the gradient was not a number. */
  DIVERGED(4),
  /** A checkpoint or a save could not be written. */
  CHECKPOINT_NOT_WRITTEN(5),
  /** Kafka did not answer, or a younger worker of the same attempt has taken over. */
  KAFKA(6),
  /** A later attempt at the run is wanted, or none at all. */
  OUTDATED(7),
  /** The worker was asked to end; a later one goes on. */
  STOPPED(8),
  /**
   * The run, its student or its data are not what they should be; training again would not help.
   */
  INVALID_RUN(9),
  /** The store of checkpoints did not answer; a later worker goes on. */
  STORE(10);

  private final int code;

  WorkerExit(int code) {
    this.code = code;
  }

  /** The exit of a code; empty where no worker of ours ends with it. */
  public static Optional<WorkerExit> of(int code) {
    return Arrays.stream(values()).filter(exit -> exit.code == code).findFirst();
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
