package dev.edit.trainer.worker;

import dev.edit.artifacts.Artifacts;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Run;
import dev.edit.contracts.Run.PartitionRange;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.trainer.domain.CheckpointFolders;
import dev.edit.trainer.domain.RunJournal;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/**
 * Trains the run of a file on the records of a file, and tells events and checkpoints as JSON lines
 * on its output: what a run from Kafka does, without Kafka.
 *
 * <p>The lines of the data are offsets of partition 0, and the run's ranges choose among them. One
 * process at a time may train a run of a folder.
 */
final class FileWorker implements Callable<WorkerExit> {
  private static final Logger LOG = System.getLogger(FileWorker.class.getName());
  private static final String LOCK = ".lock";

  private final FileArguments arguments;
  private final PrintStream out;
  private final BooleanSupplier stop;

  /**
   * @param stop whether the worker was asked to end
   */
  FileWorker(FileArguments arguments, PrintStream out, BooleanSupplier stop) {
    this.arguments = arguments;
    this.out = out;
    this.stop = stop;
  }

  @Override
  public WorkerExit call() {
    Run run;
    try {
      run = RecordCodec.of(Run.class).decode(Files.readAllBytes(arguments.spec()));
    } catch (IOException | UnreadableRecordException e) {
      LOG.log(Level.ERROR, "--spec: no run in " + arguments.spec(), e);
      return WorkerExit.USAGE;
    }
    RunPlace place = arguments.place();
    try (Artifacts artifacts = place.artifacts(run.id())) {
      CheckpointFolders folders =
          new CheckpointFolders(artifacts.store(place.root()), place.work(), null);
      RunTrainer trainer =
          new RunTrainer(
              new RunTrainer.Settings(
                  artifacts,
                  folders,
                  arguments.reportEvery(),
                  arguments.saves(),
                  arguments.device()),
              journal(),
              stop);
      return trainer.guarded(
          run.id(), () -> locked(run, CheckpointFolders.work(place.work(), run.id()), trainer));
    }
  }

  private WorkerExit locked(Run run, Path folder, RunTrainer trainer) throws IOException {
    Path lock = Files.createDirectories(folder).resolve(LOCK);
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      if (held == null) {
        throw new IllegalArgumentException(
            "another process trains run %s in %s".formatted(run.id(), folder));
      }
      trainer.train(run, () -> records(run));
      return WorkerExit.SUCCESS;
    }
  }

  private List<KeySteps> records(Run run) throws IOException {
    RecordCodec<KeySteps> codec = RecordCodec.of(KeySteps.class);
    List<String> lines;
    try {
      lines = Files.readAllLines(arguments.data(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException("--data: cannot read " + arguments.data() + ": " + e, e);
    }
    List<KeySteps> records = new ArrayList<>();
    for (int at = 0; at < lines.size(); at++) {
      if (!lines.get(at).isBlank() && wanted(run, at)) {
        try {
          records.add(codec.decode(lines.get(at).getBytes(StandardCharsets.UTF_8)));
        } catch (UnreadableRecordException e) {
          throw new IllegalArgumentException(
              "%s, line %d: %s".formatted(arguments.data(), at + 1, e.getMessage()), e);
        }
      }
    }
    return records;
  }

  private static boolean wanted(Run run, int offset) {
    for (PartitionRange range : run.dataset().offsets()) {
      if (range.partition() == 0 && range.from() <= offset && offset < range.to()) {
        return true;
      }
    }
    return false;
  }

  private RunJournal journal() {
    return records -> {
      for (EventRecord record : records) {
        out.println(new String(json(record), StandardCharsets.UTF_8));
      }
      out.flush();
    };
  }

  private static byte[] json(EventRecord record) {
    if (record instanceof RunEvent event) {
      return RecordCodec.of(RunEvent.class).encode(event);
    }
    return RecordCodec.of(Checkpoint.class).encode((Checkpoint) record);
  }
}
