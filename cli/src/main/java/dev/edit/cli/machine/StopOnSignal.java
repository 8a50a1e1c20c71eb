package dev.edit.cli.machine;

import dev.edit.cli.CommandFailure;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/** Closes a resource when its work is done, and also where a signal ends this process before. */
public final class StopOnSignal {
  private StopOnSignal() {}

  /**
   * Works, and closes the resource, which may be closed by two threads at once.
   *
   * @param announce runs before the resource is closed because of a signal
   * @throws CommandFailure where the work failed after a signal, and because of it
   */
  public static <T> T during(AutoCloseable resource, Runnable announce, Callable<T> work)
      throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicBoolean signalled = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (!done.get()) {
                    signalled.set(true);
                    announce.run();
                    close(resource);
                  }
                },
                "stop-services"));
    try (resource) {
      return work.call();
    } catch (RuntimeException e) {
      // What fails after a signal fails because of it.
      throw signalled.get() ? new CommandFailure("stopped", e) : e;
    } finally {
      done.set(true);
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      throw new IllegalStateException("while stopping: " + e, e);
    }
  }
}
