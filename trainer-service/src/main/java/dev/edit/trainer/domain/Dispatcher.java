package dev.edit.trainer.domain;

import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import dev.edit.trainer.domain.RunHistory.Placed;
import dev.edit.trainer.domain.RunHistory.Standing;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gives each accepted run a worker, a bounded number at a time and the others in the order in which
 * they came, ends the workers of cancelled ones, and tells the end of a run whose worker ended
 * without telling one itself.
 *
 * <p>It serves the runs of the partitions of edit.runs that it owns, so that of several dispatchers
 * one serves each run. All that it knows it can learn again from the log and from its launcher.
 * Safe for use by many threads.
 */
public final class Dispatcher {
  private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

  private static final String BY_OWNER = "cancelled by its owner";

  private final RunLauncher launcher;
  private final RunHistory history;
  private final Consumer<RunEvent> events;
  private final Clock clock;
  private final Limits limits;
  private final Map<String, Ward> wards = new LinkedHashMap<>();
  private final Set<Integer> owned = new HashSet<>();

  /**
   * @param maxConcurrent most workers at once, at least 1
   * @param grace how long a cancelled worker may take to end
   */
  public record Limits(int maxConcurrent, Duration grace) {
    public Limits {
      if (maxConcurrent < 1) {
        throw new IllegalArgumentException(
            "edit.trainer.max-concurrent-runs: expected at least 1, got " + maxConcurrent);
      }
    }
  }

  /**
   * What a record of edit.runs leads to.
   *
   * @param tell events to be published together with having read the record
   * @param then what is to be done once they are
   */
  public record Decision(List<RunEvent> tell, Runnable then) {
    private static final Decision NOTHING = new Decision(List.of(), () -> {});

    public Decision {
      tell = List.copyOf(tell);
    }
  }

  /**
   * @param events publishes an event; may be called by any thread
   */
  public Dispatcher(
      RunLauncher launcher,
      RunHistory history,
      Consumer<RunEvent> events,
      Clock clock,
      Limits limits) {
    this.launcher = launcher;
    this.history = history;
    this.events = events;
    this.clock = clock;
    this.limits = limits;
  }

  /** What a run that arrived leads to; nothing where all that it asks for is done or under way. */
  public Decision decide(Run run, int partition) {
    Standing standing = history.standing(run.id(), run.epoch());
    if (standing == Standing.FINISHED) {
      return Decision.NOTHING;
    }
    Placed placed = new Placed(run, partition);
    if (run.wantsCancel()) {
      // A worker exists only of an attempt that was accepted.
      return standing == Standing.UNKNOWN
          ? new Decision(List.of(cancelled(run, BY_OWNER)), () -> endOlder(run.id()))
          : new Decision(List.of(), () -> cancel(placed));
    }
    if (standing != Standing.UNKNOWN) {
      return Decision.NOTHING;
    }
    return Refusal.of(run, clock.instant())
        .map(refused -> new Decision(List.of(refused), () -> endOlder(run.id())))
        .orElseGet(
            () -> new Decision(List.of(event(run, State.ACCEPTED, null)), () -> enqueue(placed)));
  }

  /** Ends a run that was taken off edit.runs, where it is served here. */
  public void withdraw(String run) {
    Ward ward;
    synchronized (this) {
      ward = wards.get(run);
    }
    if (ward != null) {
      cancel(ward.placed);
    }
  }

  /** From now on the runs of these partitions too are served here. */
  public synchronized void own(Set<Integer> partitions) {
    owned.addAll(partitions);
  }

  /**
   * Takes on the owned runs that were accepted, did not come to an end and are not served: those of
   * an earlier owner, and those whose end could not be told. Starts what could not be started. May
   * be called at any time and is to be called again and again.
   */
  public void recover() {
    Set<Integer> partitions;
    synchronized (this) {
      partitions = Set.copyOf(owned);
    }
    for (Placed placed : history.unfinished(partitions)) {
      if (placed.run().wantsCancel()) {
        cancel(placed);
      } else if (isLeft(placed.run())) {
        enqueue(placed);
      }
    }
    startNext();
  }

  /** A run leaves only after its end was told, so one that is not here now has the last word. */
  private synchronized boolean isLeft(Run run) {
    return !wards.containsKey(run.id())
        && history.standing(run.id(), run.epoch()) == Standing.ACCEPTED;
  }

  /** Gives up the runs of some partitions; their next owner takes them on. */
  public void release(Set<Integer> partitions) {
    List<RunLauncher.Worker> released;
    synchronized (this) {
      owned.removeAll(partitions);
      List<Ward> given =
          wards.values().stream()
              .filter(ward -> partitions.contains(ward.placed.partition()))
              .toList();
      given.forEach(ward -> wards.remove(ward.placed.run().id()));
      released = given.stream().map(ward -> ward.worker).filter(w -> w != null).toList();
    }
    released.parallelStream().forEach(worker -> worker.release(limits.grace()));
    startNext();
  }

  /** Gives up all runs and takes no other. */
  public void shutdown() {
    Set<Integer> all;
    synchronized (this) {
      all = Set.copyOf(owned);
    }
    release(all);
  }

  /** Runs that wait for a worker. */
  public synchronized int queued() {
    return wards.size() - active();
  }

  /** Runs that have a worker. */
  public synchronized int active() {
    return (int) wards.values().stream().filter(ward -> ward.worker != null).count();
  }

  private void enqueue(Placed placed) {
    RunLauncher.Worker superseded = null;
    synchronized (this) {
      Ward ward = wards.get(placed.run().id());
      if (isForeign(placed) || (ward != null && ward.epoch() >= placed.run().epoch())) {
        return;
      }
      if (ward == null || ward.worker == null) {
        wards.remove(placed.run().id());
        wards.put(placed.run().id(), new Ward(placed));
      } else {
        ward.next = placed;
        ward.cancelled = "attempt %d takes its place".formatted(placed.run().epoch());
        superseded = ward.worker;
      }
    }
    if (superseded == null) {
      startNext();
    } else {
      superseded.cancel(limits.grace());
    }
  }

  /** Ends the worker of an attempt, wherever it came from; its end tells that it was cancelled. */
  private void cancel(Placed placed) {
    RunLauncher.Worker worker;
    Ward ward;
    synchronized (this) {
      ward = wards.get(placed.run().id());
      if (isForeign(placed)) {
        return;
      }
      if (ward != null && ward.cancelled != null) {
        cancelNext(ward, placed.run());
        return;
      }
      if (ward == null) {
        ward = new Ward(placed);
        wards.put(placed.run().id(), ward);
      }
      ward.cancelled = BY_OWNER;
      worker = ward.worker == null ? adopt(ward) : ward.worker;
    }
    if (worker == null) {
      end(ward, null);
    } else {
      worker.cancel(limits.grace());
    }
  }

  /** Where the attempt still waits for an older one's end, nothing but its wait has to end. */
  private void cancelNext(Ward older, Run run) {
    if (older.next != null && older.next.run().epoch() <= run.epoch()) {
      older.next = null;
      events.accept(cancelled(run, BY_OWNER));
    }
  }

  /** Ends the older attempt of a run whose newer one was cancelled before it began. */
  private void endOlder(String run) {
    RunLauncher.Worker older = null;
    synchronized (this) {
      Ward ward = wards.get(run);
      if (ward != null && ward.worker == null) {
        wards.remove(run);
      } else if (ward != null && ward.cancelled == null) {
        ward.cancelled = BY_OWNER;
        older = ward.worker;
      }
    }
    if (older != null) {
      older.cancel(limits.grace());
    }
  }

  /** The worker that an earlier dispatcher started; null where there is none. */
  private RunLauncher.Worker adopt(Ward ward) {
    try {
      Optional<RunLauncher.Worker> found = launcher.find(ward.placed.run());
      found.ifPresent(worker -> attach(ward, worker));
      return ward.worker;
    } catch (IOException e) {
      wards.remove(ward.placed.run().id());
      throw new IllegalStateException(
          "run " + ward.placed.run().id() + ": its worker cannot be looked for", e);
    }
  }

  private void startNext() {
    while (true) {
      synchronized (this) {
        Ward ward = active() >= limits.maxConcurrent() ? null : firstQueued();
        if (ward == null) {
          return;
        }
        Run run = ward.placed.run();
        try {
          attach(ward, launcher.launch(run, note -> note(ward, note)));
        } catch (RunLauncher.UnavailableException e) {
          LOG.log(Level.WARNING, "no worker for run " + run.id() + " yet", e);
          note(ward, new RunLauncher.Note(State.PENDING, e.getMessage()));
          return;
        } catch (IOException e) {
          wards.remove(run.id());
          LOG.log(Level.WARNING, "no worker for run " + run.id(), e);
          events.accept(
              event(run, State.FAILED, "the worker could not be started: " + e.getMessage()));
        }
      }
    }
  }

  private Ward firstQueued() {
    return wards.values().stream()
        .filter(ward -> ward.worker == null && ward.cancelled == null)
        .findFirst()
        .orElse(null);
  }

  private void attach(Ward ward, RunLauncher.Worker worker) {
    ward.worker = worker;
    worker
        .end()
        .handle((end, lost) -> lost == null ? end : RunLauncher.WorkerEnd.lost(lost))
        .thenAccept(end -> end(ward, end))
        .exceptionally(
            error -> {
              String run = ward.placed.run().id();
              LOG.log(Level.ERROR, "the end of run " + run + " could not be told yet", error);
              return null;
            });
  }

  /**
   * An attempt is over. Where that cannot be told, {@link #recover} comes back to it.
   *
   * @param end how its worker ended; null where it had none
   */
  private void end(Ward ward, RunLauncher.WorkerEnd end) {
    Run run = ward.placed.run();
    if (!isServed(ward)) {
      return; // Given up, so its next owner tells.
    }
    try {
      if (history.standing(run.id(), run.epoch()) != Standing.FINISHED) {
        String why = ward.cancelled;
        events.accept(why == null ? end.failed(run, clock.instant()) : cancelled(run, why));
      }
    } finally {
      synchronized (this) {
        wards.remove(run.id(), ward);
      }
      if (ward.next != null) {
        enqueue(ward.next);
      }
      startNext();
    }
  }

  private void note(Ward ward, RunLauncher.Note note) {
    Run run = ward.placed.run();
    if (!isServed(ward) || ward.cancelled != null) {
      return;
    }
    boolean told =
        history.lastNote(run.id(), run.epoch()).filter(note::equals).isPresent()
            || history.standing(run.id(), run.epoch()) == Standing.FINISHED;
    if (!told) {
      events.accept(event(run, note.state(), note.message()));
    }
  }

  private synchronized boolean isServed(Ward ward) {
    return wards.get(ward.placed.run().id()) == ward;
  }

  private boolean isForeign(Placed placed) {
    return !owned.contains(placed.partition());
  }

  private RunEvent cancelled(Run run, String message) {
    return event(run, State.CANCELLED, message);
  }

  private RunEvent event(Run run, State state, String message) {
    return new RunEvent(run.id(), clock.instant(), state, null, message, null)
        .ofAttempt(run.epoch());
  }

  /** A run that is served here: queued until it has a worker. Guarded by the dispatcher. */
  private static final class Ward {
    private final Placed placed;

    /** Null while it is queued. */
    private RunLauncher.Worker worker;

    /** Why its worker is being ended; null while it is wanted. */
    private volatile String cancelled;

    /** The later attempt that waits for this one's end. */
    private volatile Placed next;

    Ward(Placed placed) {
      this.placed = placed;
    }

    int epoch() {
      return placed.run().epoch();
    }
  }
}
