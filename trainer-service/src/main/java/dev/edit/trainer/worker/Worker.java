package dev.edit.trainer.worker;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.codec.Sha256;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.student.Student;
import dev.edit.tokenizer.Tokenizer;
import dev.edit.trainer.domain.CheckpointFolders;
import dev.edit.trainer.domain.EpochFence;
import dev.edit.trainer.domain.LossNotFiniteException;
import dev.edit.trainer.domain.RunJournal;
import dev.edit.trainer.domain.StageLoop;
import dev.edit.trainer.domain.TrainingRun;
import dev.edit.trainer.domain.TrainingSet;
import dev.edit.trainer.messaging.KafkaJournal;
import dev.edit.trainer.messaging.RunDataset;
import dev.edit.trainer.messaging.TopicReadException;
import dev.edit.trainer.messaging.TopicReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;

/** Finds its run and its records in the log, trains, and tells the end, be it good or bad. */
final class Worker implements Callable<WorkerExit> {
  private static final Logger LOG = System.getLogger(Worker.class.getName());

  private final WorkerArguments arguments;
  private final Clock clock = Clock.systemUTC();

  Worker(WorkerArguments arguments) {
    this.arguments = arguments;
  }

  @Override
  public WorkerExit call() {
    String servers = arguments.bootstrapServers();
    try (TopicReader reader = new TopicReader(servers, arguments.patience())) {
      Optional<Run> run = RunDataset.findRun(reader, arguments.run());
      if (run.isEmpty()) {
        LOG.log(Level.ERROR, "edit.runs holds no run {0}", arguments.run());
        return WorkerExit.USAGE;
      }
      return isWanted(run.get()) ? run(run.get(), reader) : WorkerExit.OUTDATED;
    } catch (UnreadableRecordException e) {
      LOG.log(Level.ERROR, "edit.runs holds an unreadable run " + arguments.run(), e);
      return WorkerExit.USAGE;
    } catch (KafkaException e) {
      LOG.log(Level.ERROR, "Kafka at " + servers + " refused or did not answer", e);
      return WorkerExit.KAFKA;
    }
  }

  /** A late worker must not even open its journal: that would shut out the one that is wanted. */
  private boolean isWanted(Run run) {
    if (run.epoch() > arguments.epoch() || run.wantsCancel()) {
      LOG.log(
          Level.ERROR,
          "attempt {0} at run {1} is not wanted: {2}",
          arguments.epoch(),
          run.id(),
          run.order());
      return false;
    }
    return true;
  }

  private WorkerExit run(Run run, TopicReader reader) {
    EpochFence fence;
    try {
      fence =
          EpochFence.claim(
              new CheckpointFolders(arguments.checkpoints()).run(run.id()), arguments.epoch());
    } catch (EpochFence.OutdatedException e) {
      LOG.log(Level.ERROR, e.getMessage());
      return WorkerExit.OUTDATED;
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the folder of run " + run.id() + " cannot be written", e);
      return WorkerExit.CHECKPOINT_NOT_WRITTEN;
    }
    try (KafkaJournal journal =
        new KafkaJournal(
            arguments.bootstrapServers(), run.id(), arguments.epoch(), arguments.patience())) {
      return run(run, journal, reader, fence);
    }
  }

  private WorkerExit run(Run run, RunJournal journal, TopicReader reader, EpochFence fence) {
    try {
      train(run, journal, reader, fence);
      return WorkerExit.SUCCESS;
    } catch (KafkaException e) {
      throw e;
    } catch (EpochFence.OutdatedException e) {
      LOG.log(Level.ERROR, e.getMessage());
      return WorkerExit.OUTDATED;
    } catch (LossNotFiniteException e) {
      return failed(journal, WorkerExit.DIVERGED, "training diverged: ", e);
    } catch (IOException e) {
      return failed(journal, WorkerExit.CHECKPOINT_NOT_WRITTEN, "", e);
    } catch (IllegalArgumentException | UnreadableRecordException | TopicReadException e) {
      return failed(journal, WorkerExit.INVALID_RUN, "", e);
    } catch (RuntimeException e) {
      return failed(journal, WorkerExit.UNEXPECTED, e.getClass().getSimpleName() + ": ", e);
    }
  }

  private void train(Run run, RunJournal journal, TopicReader reader, EpochFence fence)
      throws IOException {
    RunDataset dataset = RunDataset.read(reader, run);
    if (!dataset.unreadable().isEmpty()) {
      journal.publish(List.copyOf(dataset.unreadable()));
      LOG.log(Level.WARNING, "{0} unreadable records passed over", dataset.unreadable().size());
    }
    TrainingSet set = TrainingSet.select(dataset.records(), run);
    Path folder = Path.of(run.student());
    try (TorchStudent student = new TorchStudent(load(folder))) {
      TrainingRun training =
          new TrainingRun(
              student,
              new CheckpointFolders(arguments.checkpoints(), fence),
              journal,
              new StageLoop(arguments.reportEvery(), System::nanoTime),
              clock);
      Checkpoint last = training.train(run, set, start(folder));
      LOG.log(Level.INFO, "run {0} ended at {1}", run.id(), last.uri());
    }
  }

  private static Student load(Path folder) {
    try {
      return Student.load(folder);
    } catch (IOException e) {
      throw new IllegalArgumentException("student: cannot read " + folder + ": " + e, e);
    }
  }

  private static TrainingRun.Start start(Path folder) throws IOException {
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      return new TrainingRun.Start(
          Sha256.of(folder.resolve(CheckpointFolders.WEIGHTS)), tokenizer.fingerprint());
    }
  }

  private WorkerExit failed(RunJournal journal, WorkerExit exit, String what, Exception error) {
    LOG.log(Level.ERROR, "run " + arguments.run() + " failed", error);
    EventRecord event =
        new RunEvent(
            arguments.run(), clock.instant(), State.FAILED, null, what + error.getMessage(), null);
    journal.publish(List.of(event));
    return exit;
  }
}
