package dev.edit.trainer.domain;

import dev.edit.contracts.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Starts workers. */
public interface RunLauncher {

  /**
   * Starts the worker of a run.
   *
   * @throws IOException where it cannot be started
   */
  Worker launch(Run run) throws IOException;

  /** A worker that was started. */
  interface Worker {

    /** Completes when the worker has ended, however it ended, on a thread that may be blocked. */
    CompletableFuture<WorkerEnd> end();

    /** Asks the worker to end, and ends it by force after the grace period. */
    void stop(Duration grace);
  }

  /**
   * How a worker ended.
   *
   * @param exitCode the process's exit code
   * @param log where its output lies
   */
  record WorkerEnd(int exitCode, String log) {}
}
