package dev.edit.trainer.worker;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Whether the process was asked to end (SIGTERM). It then waits a moment, so that the step at hand
 * can end and the run's state can be saved.
 */
final class StopSignal implements BooleanSupplier {
  private static final Duration WAIT = Duration.ofSeconds(8);

  private volatile boolean asked;
  private volatile boolean ended;

  private StopSignal() {}

  /** A signal that gives {@code worker} its moment. */
  static StopSignal install(Thread worker) {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> signal.ask(worker), "stop-signal"));
    return signal;
  }

  @Override
  public boolean getAsBoolean() {
    return asked;
  }

  /** The worker has ended: nobody is to wait for it. */
  void end() {
    ended = true;
  }

  private void ask(Thread worker) {
    asked = true;
    try {
      if (!ended) {
        worker.join(WAIT.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
