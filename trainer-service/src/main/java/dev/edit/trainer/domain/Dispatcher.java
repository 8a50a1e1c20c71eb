package dev.edit.trainer.domain;

import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Gives each accepted run a worker, a bounded number at a time and the others in the order in which
 * they came, and tells the failure of a run whose worker ended without telling an end itself.
 *
 * <p>Safe for use by many threads. One dispatcher at a time may serve a log.
 */
public final class Dispatcher {
  private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

  private final RunLauncher launcher;
  private final RunHistory history;
  private final Consumer<RunEvent> events;
  private final Clock clock;
  private final int maxConcurrent;
  private final Deque<Run> queue = new ArrayDeque<>();
  private final Map<String, RunLauncher.Worker> workers = new LinkedHashMap<>();
  private boolean stopping;

  /**
   * @param events publishes an event; may be called by any thread
   * @param maxConcurrent most workers at once, at least 1
   */
  public Dispatcher(
      RunLauncher launcher,
      RunHistory history,
      Consumer<RunEvent> events,
      Clock clock,
      int maxConcurrent) {
    if (maxConcurrent < 1) {
      throw new IllegalArgumentException(
          "edit.trainer.max-concurrent-runs: expected at least 1, got " + maxConcurrent);
    }
    this.launcher = launcher;
    this.history = history;
    this.events = events;
    this.clock = clock;
    this.maxConcurrent = maxConcurrent;
  }

  /** Whether a run that arrived is new: neither queued, nor running, nor told of in the log. */
  public synchronized boolean isNew(Run run) {
    return !isHere(run) && history.standing(run.id()) == RunHistory.Standing.UNKNOWN;
  }

  /** The event that tells of a run's acceptance. */
  public RunEvent acceptance(Run run) {
    return new RunEvent(run.id(), clock.instant(), State.ACCEPTED, null, null, null);
  }

  /** Queues an accepted run; a run that is here already is not queued again. */
  public synchronized void enqueue(Run run) {
    if (!isHere(run)) {
      queue.addLast(run);
      startNext();
    }
  }

  /** Queues the runs that an earlier dispatcher accepted and did not bring to an end. */
  public void recover() {
    history.unfinished().forEach(this::enqueue);
  }

  /** Runs that wait for a worker. */
  public synchronized int queued() {
    return queue.size();
  }

  /** Runs that have a worker. */
  public synchronized int active() {
    return workers.size();
  }

  /**
   * Stops all workers and starts no other. Their runs stay unfinished in the log; the next
   * dispatcher starts them again.
   */
  public void shutdown(Duration grace) {
    List<RunLauncher.Worker> running;
    synchronized (this) {
      stopping = true;
      queue.clear();
      running = new ArrayList<>(workers.values());
    }
    running.parallelStream().forEach(worker -> worker.stop(grace));
  }

  private boolean isHere(Run run) {
    return workers.containsKey(run.id())
        || queue.stream().anyMatch(queued -> queued.id().equals(run.id()));
  }

  private void startNext() {
    while (!stopping && workers.size() < maxConcurrent && !queue.isEmpty()) {
      Run run = queue.removeFirst();
      try {
        RunLauncher.Worker worker = launcher.launch(run);
        workers.put(run.id(), worker);
        worker.end().whenComplete((end, error) -> ended(run, end, error));
      } catch (IOException e) {
        events.accept(failure(run, "the worker could not be started: " + e.getMessage()));
      }
    }
  }

  private void ended(Run run, RunLauncher.WorkerEnd end, Throwable error) {
    boolean report;
    synchronized (this) {
      report = !stopping;
    }
    try {
      if (report && history.standing(run.id()) != RunHistory.Standing.FINISHED) {
        events.accept(failure(run, reason(end, error)));
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the end of run " + run.id() + " could not be told", e);
    } finally {
      synchronized (this) {
        workers.remove(run.id());
        startNext();
      }
    }
  }

  private RunEvent failure(Run run, String message) {
    return new RunEvent(run.id(), clock.instant(), State.FAILED, null, message, null);
  }

  private static String reason(RunLauncher.WorkerEnd end, Throwable error) {
    return error != null
        ? "the worker was lost: " + error.getMessage()
        : "the worker ended without a result, exit code %d; its log is %s"
            .formatted(end.exitCode(), end.log());
  }
}
