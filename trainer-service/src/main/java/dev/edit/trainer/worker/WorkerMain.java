package dev.edit.trainer.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Trains one run and ends with one of {@link WorkerExit}'s codes. A plain process: it starts
 * without the dispatcher's framework and needs only Kafka and the folders.
 */
public final class WorkerMain {
  private static final Logger LOG = System.getLogger(WorkerMain.class.getName());

  private WorkerMain() {}

  /** Reads {@link WorkerArguments}. */
  public static void main(String[] args) {
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
