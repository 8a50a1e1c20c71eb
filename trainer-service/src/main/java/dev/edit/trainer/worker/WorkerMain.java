package dev.edit.trainer.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;

/**
 * Trains one run and ends with one of {@link WorkerExit}'s codes. A plain process: it starts
 * without the dispatcher's framework and needs only Kafka and the folders; with {@code --data} it
 * reads run and records from files instead and needs the folders only.
 */
public final class WorkerMain {
  private static final Logger LOG = System.getLogger(WorkerMain.class.getName());

  // A logger that nobody holds forgets its level.
  private static final java.util.logging.Logger KAFKA =
      java.util.logging.Logger.getLogger("org.apache.kafka");

  private WorkerMain() {}

  /** Reads {@link WorkerArguments} or {@link FileArguments}. */
  public static void main(String[] args) {
    logToStandardError();
    StopSignal stop = StopSignal.install(Thread.currentThread());
    Callable<WorkerExit> worker;
    try {
      worker = worker(List.of(args), stop);
    } catch (IllegalArgumentException e) {
      LOG.log(Level.ERROR, e.getMessage());
      stop.end();
      System.exit(WorkerExit.USAGE.code());
      return;
    }
    int code = run(worker).code();
    if (!stop.getAsBoolean()) {
      stop.end();
      System.exit(code);
    }
    // Otherwise the machine is going down already and waits for this thread alone.
  }

  private static Callable<WorkerExit> worker(List<String> arguments, StopSignal stop) {
    if (arguments.contains(FileArguments.DATA)) {
      FileArguments file = FileArguments.parse(arguments);
      endWith(file.parent());
      return new FileWorker(file, System.out, stop);
    }
    WorkerArguments kafka = WorkerArguments.parse(arguments);
    endWith(kafka.parent());
    return new Worker(kafka, stop);
  }

  private static WorkerExit run(Callable<WorkerExit> worker) {
    try (WorkerTelemetry telemetry = WorkerTelemetry.start()) {
      return worker.call();
    } catch (Exception e) {
      LOG.log(Level.ERROR, "the worker ended by an error of its own", e);
      return WorkerExit.UNEXPECTED;
    }
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
