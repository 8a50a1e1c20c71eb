package dev.edit.trainer.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.artifacts.ArtifactException;
import dev.edit.artifacts.Artifacts;
import dev.edit.artifacts.StoreException;
import dev.edit.artifacts.Trust;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.codec.Sha256;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.student.StudentFolder;
import dev.edit.student.files.ModelWeights;
import dev.edit.student.torch.TorchDevice;
import dev.edit.tokenizer.Tokenizer;
import dev.edit.trainer.domain.CheckpointFolders;
import dev.edit.trainer.domain.EpochFence;
import dev.edit.trainer.domain.LossNotFiniteException;
import dev.edit.trainer.domain.RunJournal;
import dev.edit.trainer.domain.RunStoppedException;
import dev.edit.trainer.domain.SavePolicy;
import dev.edit.trainer.domain.StageLoop;
import dev.edit.trainer.domain.TrainingRun;
import dev.edit.trainer.domain.TrainingSet;
import dev.edit.trainer.messaging.TopicReadException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;

/**
 * Trains a run on given records and tells the end, be it good or bad. Where run and records came
 * from, and who is told, is the caller's matter.
 */
final class RunTrainer {
  /** Where a diverged run leaves what went wrong, beside the attempt's checkpoints. */
  static final String DIVERGED = "diverged.json";

  private static final Logger LOG = System.getLogger(RunTrainer.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Settings settings;
  private final RunJournal journal;
  private final BooleanSupplier stop;
  private final Clock clock = Clock.systemUTC();

  /**
   * How a run is trained, whichever it is.
   *
   * @param artifacts brings students
   * @param folders the runs' folders
   * @param reportEvery steps between two reports
   * @param saves when states are saved
   * @param device {@code cpu}, {@code cuda:N}, several with commas between, or {@code auto}
   */
  record Settings(
      Artifacts artifacts,
      CheckpointFolders folders,
      int reportEvery,
      SavePolicy saves,
      String device) {}

  /** Something that may end a run badly. */
  @FunctionalInterface
  interface Body {
    WorkerExit run() throws IOException;
  }

  /**
   * @param stop whether the worker was asked to end
   */
  RunTrainer(Settings settings, RunJournal journal, BooleanSupplier stop) {
    this.settings = settings;
    this.journal = journal;
    this.stop = stop;
  }

  /** Where the records of a run come from. */
  @FunctionalInterface
  interface Records {
    List<KeySteps> read() throws IOException;
  }

  /**
   * Trains a run; see {@link TrainingRun#train} for what may go wrong.
   *
   * @param records are read once the student is known to be there
   */
  Checkpoint train(Run run, Records records) throws IOException {
    Path folder = student(run);
    StudentFolder content = TorchStudent.read(folder);
    try (Tokenizer tokenizer = Tokenizer.load(folder);
        TorchStudent student = new TorchStudent(run, content, tokenizer, devices())) {
      TrainingSet set = TrainingSet.select(records.read(), run, new TokenizerText(tokenizer));
      TrainingRun training =
          new TrainingRun(
              student,
              settings.folders(),
              journal,
              new StageLoop(settings.reportEvery(), System::nanoTime),
              settings.saves(),
              clock,
              stop);
      TrainingRun.Start start =
          new TrainingRun.Start(Sha256.of(ModelWeights.find(folder)), tokenizer.fingerprint());
      Checkpoint last = training.train(run, set, start);
      LOG.log(Level.INFO, "run {0} ended at {1}", run.id(), last.uri());
      return last;
    }
  }

  private List<String> devices() {
    return settings.device().equals(WorkerArguments.AUTO)
        ? List.of(TorchDevice.best())
        : List.of(settings.device().split(","));
  }

  private Path student(Run run) throws IOException {
    try {
      return settings.artifacts().fetch(run.student(), Trust.AS_IS);
    } catch (ArtifactException e) {
      throw new IllegalArgumentException("student: " + e.getMessage(), e);
    }
  }

  /** Runs the body; what it throws becomes a FAILED event of the run, and an exit. */
  WorkerExit guarded(String run, Body body) {
    try {
      return body.run();
    } catch (RunStoppedException e) {
      LOG.log(Level.INFO, "run {0} is left to a later worker: {1}", run, e.getMessage());
      return WorkerExit.STOPPED;
    } catch (KafkaException e) {
      throw e;
    } catch (EpochFence.OutdatedException e) {
      LOG.log(Level.ERROR, e.getMessage());
      return WorkerExit.OUTDATED;
    } catch (LossNotFiniteException e) {
      return diverged(run, e);
    } catch (StoreException e) {
      return refused(run, e);
    } catch (IOException e) {
      return failed(run, WorkerExit.CHECKPOINT_NOT_WRITTEN, e.toString(), e);
    } catch (IllegalArgumentException | UnreadableRecordException | TopicReadException e) {
      return failed(run, WorkerExit.INVALID_RUN, e.getMessage(), e);
    } catch (RuntimeException e) {
      return failed(
          run, WorkerExit.UNEXPECTED, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  /** A store that is away for a while does not end a run: a later worker goes on. */
  private WorkerExit refused(String run, StoreException e) {
    if (!e.passing()) {
      return failed(run, WorkerExit.CHECKPOINT_NOT_WRITTEN, e.getMessage(), e);
    }
    LOG.log(Level.ERROR, "run " + run + " is left to a later worker", e);
    return WorkerExit.STORE;
  }

  private WorkerExit diverged(String run, LossNotFiniteException e) {
    Map<String, Object> what = new LinkedHashMap<>();
    what.put("stage", e.stage());
    what.put("step", e.step());
    what.put("message", e.getMessage());
    what.put("batch", e.batch());
    String message = "training diverged: " + e.getMessage();
    try {
      byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(what);
      message += "; the batch is in " + settings.folders().keep(run, DIVERGED, json);
    } catch (IOException disk) {
      LOG.log(Level.ERROR, "what went wrong in run " + run + " could not be kept", disk);
    }
    LOG.log(Level.ERROR, "run " + run + " failed", e);
    journal.publish(
        List.of(
            new RunEvent(
                run,
                clock.instant(),
                State.FAILED,
                e.stage(),
                message,
                null,
                null,
                WorkerExit.DIVERGED.reason(),
                e.batch())));
    return WorkerExit.DIVERGED;
  }

  private WorkerExit failed(String run, WorkerExit exit, String message, Exception error) {
    LOG.log(Level.ERROR, "run " + run + " failed", error);
    journal.publish(
        List.of(
            new RunEvent(
                run,
                clock.instant(),
                State.FAILED,
                null,
                message,
                null,
                null,
                exit.reason(),
                null)));
    return exit;
  }
}
