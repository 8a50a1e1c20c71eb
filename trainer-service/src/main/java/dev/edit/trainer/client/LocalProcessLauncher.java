package dev.edit.trainer.client;

import dev.edit.contracts.Run;
import dev.edit.trainer.domain.CheckpointFolders;
import dev.edit.trainer.domain.RunLauncher;
import dev.edit.trainer.worker.WorkerExit;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts each worker as a Java process on this machine; its output goes to the run's log file. */
public final class LocalProcessLauncher implements RunLauncher {
  private static final String LOG = "worker.log";

  private final Path work;
  private final WorkerCommand worker;

  /**
   * @param work a folder of this machine; a run's log is {@code <work>/<run>/worker.log}
   */
  public LocalProcessLauncher(Path work, WorkerCommand worker) {
    this.work = work;
    this.worker = worker;
  }

  @Override
  public Worker launch(Run run, Consumer<Note> notes) throws IOException {
    Path log = Files.createDirectories(CheckpointFolders.work(work, run.id())).resolve(LOG);
    ProcessBuilder builder = new ProcessBuilder(command(run));
    builder.environment().putAll(worker.environment());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    return new LocalWorker(builder.start(), run.id(), log);
  }

  /** A worker ends with the process that started it, so nobody else's can be found. */
  @Override
  public Optional<Worker> find(Run run) {
    return Optional.empty();
  }

  private List<String> command(Run run) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(worker.after(run));
    return command;
  }

  /** A process and the thread that waits for it. */
  private static final class LocalWorker implements Worker {
    private final Process process;
    private final CompletableFuture<WorkerEnd> end = new CompletableFuture<>();

    LocalWorker(Process process, String run, Path log) {
      this.process = process;
      Thread watcher =
          new Thread(
              () -> {
                try {
                  end.complete(ended(process.waitFor(), log));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                  end.completeExceptionally(e);
                }
              },
              "worker-" + run);
      watcher.setDaemon(true);
      watcher.start();
    }

    @Override
    public CompletableFuture<WorkerEnd> end() {
      return end;
    }

    private static WorkerEnd ended(int exitCode, Path log) {
      Optional<WorkerExit> exit = WorkerExit.of(exitCode);
      String what =
          exit.equals(Optional.of(WorkerExit.OUT_OF_MEMORY))
              ? "the worker ran out of Java heap (-Xmx in edit.trainer.worker.java-options)"
              : "the worker ended without a result";
      return new WorkerEnd(
          "%s, exit code %d; its log is %s".formatted(what, exitCode, log),
          exit.map(WorkerExit::reason).orElse(null));
    }

    @Override
    public void cancel(Duration grace) {
      process.destroy();
      process
          .onExit()
          .orTimeout(grace.toMillis(), TimeUnit.MILLISECONDS)
          .exceptionally(
              late -> {
                process.destroyForcibly();
                return process;
              });
    }

    @Override
    public void release(Duration grace) {
      process.destroy();
      try {
        if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
