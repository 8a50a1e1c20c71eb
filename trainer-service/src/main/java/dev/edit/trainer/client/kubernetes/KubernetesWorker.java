package dev.edit.trainer.client.kubernetes;

import dev.edit.trainer.domain.RunLauncher.Note;
import dev.edit.trainer.domain.RunLauncher.Worker;
import dev.edit.trainer.domain.RunLauncher.WorkerEnd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A Job as the dispatcher sees it. */
final class KubernetesWorker implements Worker {
  private final String job;
  private final Cluster cluster;
  private final NoteFilter filter;
  private final Consumer<Note> notes;
  private final CompletableFuture<WorkerEnd> end = new CompletableFuture<>();
  private volatile boolean cancelled;

  /** What a worker asks of its launcher. */
  interface Cluster {

    /** Asks the API server to delete a Job and its pods. */
    void delete(String job);

    /** A Job is not to be watched any more. */
    void forget(String job);
  }

  KubernetesWorker(String job, Cluster cluster, NoteFilter filter, Consumer<Note> notes) {
    this.job = job;
    this.cluster = cluster;
    this.filter = filter;
    this.notes = notes;
  }

  @Override
  public CompletableFuture<WorkerEnd> end() {
    return end;
  }

  /** The pod's own grace period counts; the Job is gone when its pods are. */
  @Override
  public void cancel(Duration grace) {
    cancelled = true;
    cluster.delete(job);
  }

  /** The Job goes on, and the run's next dispatcher finds it by its name. */
  @Override
  public void release(Duration grace) {
    cluster.forget(job);
  }

  /** The Job was looked at. */
  void see(JobState state) {
    if (state instanceof JobState.Ended ended) {
      end(new WorkerEnd(ended.message(), ended.reason()));
    } else if (!cancelled) {
      filter.pass(state).ifPresent(notes);
    }
  }

  /** The Job is no longer there. */
  void gone() {
    end(new WorkerEnd("job %s was %s".formatted(job, cancelled ? "cancelled" : "deleted")));
  }

  boolean isCancelled() {
    return cancelled;
  }

  private void end(WorkerEnd how) {
    cluster.forget(job);
    end.complete(how);
  }
}
