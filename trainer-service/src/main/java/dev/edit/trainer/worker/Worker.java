package dev.edit.trainer.worker;

import dev.edit.artifacts.ArtifactStore;
import dev.edit.artifacts.Artifacts;
import dev.edit.artifacts.StoreException;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Run;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.tracing.WorkSpan;
import dev.edit.trainer.domain.CheckpointFolders;
import dev.edit.trainer.domain.EpochFence;
import dev.edit.trainer.domain.RunJournal;
import dev.edit.trainer.messaging.KafkaJournal;
import dev.edit.trainer.messaging.RunDataset;
import dev.edit.trainer.messaging.TopicReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;

/** Finds its run and its records in the log, trains, and tells the end, be it good or bad. */
final class Worker implements Callable<WorkerExit> {
  private static final Logger LOG = System.getLogger(Worker.class.getName());

  private final WorkerArguments arguments;
  private final BooleanSupplier stop;

  /**
   * @param stop whether the worker was asked to end
   */
  Worker(WorkerArguments arguments, BooleanSupplier stop) {
    this.arguments = arguments;
    this.stop = stop;
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
    try (Artifacts artifacts = arguments.place().artifacts(run.id())) {
      ArtifactStore store = artifacts.store(arguments.place().root());
      EpochFence fence = EpochFence.claim(store, run.id(), arguments.epoch());
      return train(
          run, reader, artifacts, new CheckpointFolders(store, arguments.place().work(), fence));
    } catch (EpochFence.OutdatedException e) {
      LOG.log(Level.ERROR, e.getMessage());
      return WorkerExit.OUTDATED;
    } catch (StoreException e) {
      LOG.log(Level.ERROR, "run " + run.id() + " cannot be claimed", e);
      return e.passing() ? WorkerExit.STORE : WorkerExit.CHECKPOINT_NOT_WRITTEN;
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the folder of run " + run.id() + " cannot be written", e);
      return WorkerExit.CHECKPOINT_NOT_WRITTEN;
    }
  }

  private WorkerExit train(
      Run run, TopicReader reader, Artifacts artifacts, CheckpointFolders folders) {
    try (KafkaJournal journal =
            new KafkaJournal(
                arguments.bootstrapServers(), run.id(), arguments.epoch(), arguments.patience());
        WorkSpan span = WorkSpan.open("train", run.id(), arguments.epoch())) {
      RunTrainer trainer =
          new RunTrainer(
              new RunTrainer.Settings(
                  artifacts,
                  folders,
                  arguments.reportEvery(),
                  arguments.saves(),
                  arguments.device()),
              journal,
              stop);
      WorkerExit exit =
          trainer.guarded(
              run.id(),
              () -> {
                trainer.train(run, () -> records(run, journal, reader));
                return WorkerExit.SUCCESS;
              });
      if (exit != WorkerExit.SUCCESS) {
        span.failed(exit.reason());
      }
      return exit;
    }
  }

  private static List<KeySteps> records(Run run, RunJournal journal, TopicReader reader) {
    RunDataset dataset = RunDataset.read(reader, run);
    if (!dataset.unreadable().isEmpty()) {
      journal.publish(List.copyOf(dataset.unreadable()));
      LOG.log(Level.WARNING, "{0} unreadable records passed over", dataset.unreadable().size());
    }
    return dataset.records();
  }
}
