package dev.edit.trainer.domain;

import dev.edit.contracts.Require;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Gives runs their workers. */
public interface RunLauncher {

  /**
   * The worker of a run's attempt: the one that it has already, else a new one. Workers of the
   * run's lower attempts are told to end first.
   *
   * @param notes is told what a person should know of the worker's state, each time that changes;
   *     on any thread
   * @throws UnavailableException where that may be tried again later
   * @throws IOException where there is none and none can be started
   */
  Worker launch(Run run, Consumer<Note> notes) throws IOException;

  /**
   * The worker that an earlier dispatcher gave to a run's attempt; empty where none is left.
   *
   * @throws IOException where that cannot be found out
   */
  Optional<Worker> find(Run run) throws IOException;

  /** What starts workers cannot be reached just now. */
  final class UnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A worker that was started. */
  interface Worker {

    /** Completes when the worker has ended, however it ended, on a thread that may be blocked. */
    CompletableFuture<WorkerEnd> end();

    /**
     * Asks the worker to end, and has it ended by force after the grace period. Returns at once;
     * {@link #end} tells when it is done.
     */
    void cancel(Duration grace);

    /**
     * This dispatcher gives the run up, and another one may take it on. A worker that nobody else
     * can find ends before this returns; any other goes on.
     */
    void release(Duration grace);
  }

  /** Where a worker stands, for people. */
  record Note(State state, String message) {
    public Note {
      Require.present("state", state);
      Require.text("message", message);
    }
  }

  /**
   * How a worker ended.
   *
   * @param message says it to a person; of interest where the worker itself told no end
   * @param reason says it to a program, such as {@link #OUT_OF_MEMORY}; null where it is not known
   */
  record WorkerEnd(String message, String reason) {
    /** The worker needed more memory than it was given. */
    public static final String OUT_OF_MEMORY = "out-of-memory";

    public WorkerEnd {
      Require.text("message", message);
    }

    /** An end that only a person can understand. */
    public WorkerEnd(String message) {
      this(message, null);
    }

    /** A worker that nobody knows the end of. */
    static WorkerEnd lost(Throwable error) {
      return new WorkerEnd("the worker was lost: " + error.getMessage());
    }

    /** The end of a run whose worker told none. */
    RunEvent failed(Run run, Instant at) {
      return new RunEvent(run.id(), at, State.FAILED, null, message, null, null, reason, null)
          .ofAttempt(run.epoch());
    }
  }
}
