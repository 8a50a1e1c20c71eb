package dev.edit.trainer.domain;

import dev.edit.contracts.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Workers that do what a test says. They are named {@code <run>-<epoch>}. */
final class FakeLauncher implements RunLauncher {
  final List<String> launched = new ArrayList<>();
  IOException broken;
  private final Map<String, FakeWorker> workers = new HashMap<>();
  private final Map<String, FakeWorker> left = new HashMap<>();
  private final Map<String, Consumer<Note>> notes = new HashMap<>();

  @Override
  public Worker launch(Run run, Consumer<Note> sink) throws IOException {
    if (broken != null) {
      throw broken;
    }
    FakeWorker found = left.remove(name(run));
    if (found != null) {
      return found;
    }
    launched.add(name(run));
    notes.put(name(run), sink);
    FakeWorker worker = new FakeWorker();
    workers.put(name(run), worker);
    return worker;
  }

  @Override
  public Optional<Worker> find(Run run) {
    return Optional.ofNullable(left.remove(name(run)));
  }

  /** A worker of an earlier dispatcher. */
  FakeWorker leave(String name) {
    FakeWorker worker = new FakeWorker();
    left.put(name, worker);
    return worker;
  }

  FakeWorker worker(String name) {
    return workers.get(name);
  }

  void note(String name, Note note) {
    notes.get(name).accept(note);
  }

  private static String name(Run run) {
    return run.id() + "-" + run.epoch();
  }

  static final class FakeWorker implements Worker {
    private final CompletableFuture<WorkerEnd> end = new CompletableFuture<>();
    boolean cancelled;
    boolean released;

    @Override
    public CompletableFuture<WorkerEnd> end() {
      return end;
    }

    @Override
    public void cancel(Duration grace) {
      cancelled = true;
    }

    @Override
    public void release(Duration grace) {
      released = true;
    }

    void exit(int code) {
      end.complete(new WorkerEnd("exit code " + code));
    }
  }
}
