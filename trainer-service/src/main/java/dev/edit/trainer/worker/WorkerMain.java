package dev.edit.trainer.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;

/**
 * Trains one run and ends with one of {@link WorkerExit}'s codes. A plain process: it starts
 * without the dispatcher's framework and needs only Kafka and the folders.
 */
public final class WorkerMain {
  private static final Logger LOG = System.getLogger(WorkerMain.class.getName());

  // A logger that nobody holds forgets its level.
  private static final java.util.logging.Logger KAFKA =
      java.util.logging.Logger.getLogger("org.apache.kafka");

  private WorkerMain() {}

  /** Reads {@link WorkerArguments}. */
  public static void main(String[] args) {
    logToStandardError();
    WorkerArguments arguments;
    try {
      arguments = WorkerArguments.parse(List.of(args));
    } catch (IllegalArgumentException e) {
      LOG.log(Level.ERROR, e.getMessage());
      System.exit(WorkerExit.USAGE.code());
      return;
    }
    endWith(arguments.parent());
    System.exit(new Worker(arguments).call().code());
  }

  private static void logToStandardError() {
    // The framework's handler keeps records back until the framework starts, which it never does.
    java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT %4$s [%2$s] %5$s%6$s%n");
    root.addHandler(new ConsoleHandler());
    KAFKA.setLevel(java.util.logging.Level.WARNING);
    root.setLevel(java.util.logging.Level.INFO);
  }

  private static void endWith(Long parent) {
    if (parent != null) {
      // A worker that nobody watches must not hold the machine.
      ProcessHandle.of(parent)
          .ifPresentOrElse(
              handle -> handle.onExit().thenRun(WorkerMain::orphaned), WorkerMain::orphaned);
    }
  }

  private static void orphaned() {
    LOG.log(Level.ERROR, "the process that started this worker has ended");
    Runtime.getRuntime().halt(WorkerExit.UNEXPECTED.code());
  }
}
