package dev.edit.generator.client;

import dev.edit.generator.domain.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One daemon thread that rings when time has passed. */
public final class Scheduler implements Delay, AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  public Scheduler() {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "edit-generator-timer");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public CompletionStage<Void> of(Duration duration) {
    CompletableFuture<Void> rung = new CompletableFuture<>();
    timer.schedule(() -> rung.complete(null), duration.toNanos(), TimeUnit.NANOSECONDS);
    return rung;
  }

  /** Cancels the call if it has not ended in time; forgets it as soon as it ends. */
  void limit(CompletableFuture<?> call, Duration timeout) {
    var alarm = timer.schedule(() -> call.cancel(true), timeout.toNanos(), TimeUnit.NANOSECONDS);
    call.whenComplete((result, failure) -> alarm.cancel(false));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
