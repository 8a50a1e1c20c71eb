package dev.edit.trainer.domain;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.Progress;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.recipe.KeepBestSpec;
import dev.edit.trainer.domain.RunState.BestEpoch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A run from its first step, or from the newest valid save of it, to its last checkpoint, told to a
 * journal.
 *
 * <p>A stage's checkpoint is told with the end of its stage; the last one together with the run's
 * success, so that one is never seen without the other.
 */
public final class TrainingRun {
  private static final double NANOS = 1e9;

  private final TrainableStudent student;
  private final CheckpointFolders folders;
  private final RunJournal journal;
  private final StageLoop loop;
  private final SavePolicy policy;
  private final Clock clock;
  private final BooleanSupplier stop;

  /**
   * @param policy when the run's state is saved
   * @param stop whether the worker was asked to end; asked between steps and between their passes
   */
  public TrainingRun(
      TrainableStudent student,
      CheckpointFolders folders,
      RunJournal journal,
      StageLoop loop,
      SavePolicy policy,
      Clock clock,
      BooleanSupplier stop) {
    this.student = student;
    this.folders = folders;
    this.journal = journal;
    this.loop = loop;
    this.policy = policy;
    this.clock = clock;
    this.stop = stop;
  }

  /**
   * Where a run starts.
   *
   * @param weightsSha256 digest of the student's weights
   * @param tokenizer fingerprint of its tokenizer
   */
  public record Start(String weightsSha256, String tokenizer) {}

  /**
   * Takes all steps of all stages that are left.
   *
   * @return the last checkpoint
   * @throws dev.edit.contracts.InvalidRecordException where the run asks for what cannot be
   * @throws LossNotFiniteException where training diverged
   * @throws RunStoppedException where the worker was asked to end
   * @throws IOException where a checkpoint or a save could not be written
   */
  public Checkpoint train(Run run, TrainingSet set, Start start) throws IOException {
    RunPlan plan = RunPlan.of(run, set);
    String identity = RunState.identity(run, set, start);
    RunSaves saves = folders.saves(run.id(), policy.kept());
    RunSaves.Found found = saves.newest(identity);
    Attempt attempt = new Attempt(run, set, start, plan, saves);
    attempt.tellWhereItStarts(found);
    RunState state =
        found.state() == null
            ? RunState.start(identity, plan.stages().get(0).name())
            : found.state();
    Optional<Path> folder = Optional.ofNullable(found.folder());
    Checkpoint last = null;
    for (int index = state.stageIndex(); index < plan.stages().size(); index++) {
      state = index == state.stageIndex() ? state : state.next(plan.stages().get(index).name());
      state = attempt.stage(state, folder);
      last = attempt.checkpoint(state);
      folder = Optional.empty();
    }
    saves.clear();
    return last;
  }

  /** One worker's part of a run. */
  private final class Attempt {
    private final Run run;
    private final TrainingSet set;
    private final Start start;
    private final RunPlan plan;
    private final RunSaves saves;

    Attempt(Run run, TrainingSet set, Start start, RunPlan plan, RunSaves saves) {
      this.run = run;
      this.set = set;
      this.start = start;
      this.plan = plan;
      this.saves = saves;
    }

    /** Trains what is left of a stage; the student then is the one to keep. */
    RunState stage(RunState from, Optional<Path> saved) throws IOException {
      PlannedStage stage = plan.stages().get(from.stageIndex());
      journal.publish(List.of(event(stage, opening(stage, from), null)));
      TrainableStudent.Stage trained = open(stage, saved);
      StageWatch watch =
          new StageWatch(
              stage,
              new StageWatch.Tools(student, saves, policy, clock, stop),
              trained,
              exam(),
              teller(stage));
      StageLoop.Job job =
          new StageLoop.Job(stage, run.seed(), trained, plan.stepsFrom(from.stageIndex() + 1));
      RunState end = loop.run(job, from, watch, stop);
      if (end.best() != null) {
        student.recall(saves.bestOfStage());
      }
      return end;
    }

    private TrainableStudent.Stage open(PlannedStage stage, Optional<Path> saved)
        throws IOException {
      if (saved.isEmpty()) {
        return student.open(stage.objective(), stage.spec().optimizer(), stage.items(), run.seed());
      }
      Optional<Path> best = RunSaves.best(saved.get());
      if (best.isPresent()) {
        RunSaves.linkOrCopy(best.get(), saves.bestOfStage());
      }
      return student.resume(stage.objective(), stage.spec().optimizer(), run.seed(), saved.get());
    }

    private EpochExam exam() {
      KeepBestSpec spec = run.hyperparameters().keepBest();
      return spec == null ? null : new EpochExam(student, set.heldOut(), spec);
    }

    private StageWatch.Teller teller(PlannedStage stage) {
      return new StageWatch.Teller() {
        @Override
        public void progress(Progress progress) {
          journal.publish(List.of(event(stage, null, progress)));
        }

        @Override
        public void message(String message) {
          journal.publish(List.of(event(stage, message, null)));
        }
      };
    }

    Checkpoint checkpoint(RunState state) throws IOException {
      PlannedStage stage = plan.stages().get(state.stageIndex());
      Checkpoint written =
          folders.write(
              run, stage.name(), student, (uri, sha256) -> record(state, stage, uri, sha256));
      List<EventRecord> records = new ArrayList<>();
      records.add(written);
      if (stage.last()) {
        records.add(new RunEvent(run.id(), clock.instant(), State.SUCCEEDED, null, null, null));
      }
      journal.publish(records);
      return written;
    }

    private Checkpoint record(RunState state, PlannedStage stage, String uri, String sha256) {
      boolean adapter = run.hyperparameters().lora() != null;
      return new Checkpoint(
          run.id(),
          run.recipe(),
          run.seed(),
          stage.name(),
          state.totalSteps(),
          stage.last(),
          uri,
          sha256,
          manifest(state),
          adapter ? Checkpoint.Kind.ADAPTER : Checkpoint.Kind.MODEL,
          adapter ? run.student() : null,
          best(state.best()));
    }

    private Checkpoint.Manifest manifest(RunState state) {
      return new Checkpoint.Manifest(
          run.dataset().offsets(),
          set.sha256(),
          set.records(),
          new Checkpoint.Examples(items(RunPlan.SFT), items(RunPlan.KRSL) + items(RunPlan.DPO)),
          set.tooLong(),
          state.tokens(),
          state.nanos() / NANOS,
          start.weightsSha256(),
          start.tokenizer(),
          set.heldOut().isEmpty() ? null : set.heldOut().size());
    }

    private int items(String stage) {
      return plan.stages().stream()
          .filter(planned -> planned.name().equals(stage))
          .mapToInt(planned -> planned.items().size())
          .sum();
    }

    void tellWhereItStarts(RunSaves.Found found) {
      List<String> parts = new ArrayList<>();
      parts.add(
          found.state() == null
              ? "starts from the beginning"
              : "goes on from stage %s, step %d"
                  .formatted(found.state().stage(), found.state().step()));
      parts.add("on " + student.place());
      found.passedOver().forEach(why -> parts.add("passed over: " + why));
      journal.publish(List.of(event(null, String.join("; ", parts), null)));
    }

    private String opening(PlannedStage stage, RunState from) {
      return String.format(
          Locale.ROOT,
          "stage %s: %d examples of %d records (%d too long), %d steps of %d%s",
          stage.name(),
          stage.items().size(),
          set.records(),
          set.tooLong(),
          stage.spec().steps(),
          stage.spec().examplesPerStep(),
          from.step() == 0 ? "" : ", " + from.step() + " of them taken");
    }

    private RunEvent event(PlannedStage stage, String message, Progress progress) {
      return new RunEvent(
          run.id(),
          clock.instant(),
          State.RUNNING,
          stage == null ? null : stage.name(),
          message,
          progress);
    }
  }

  private static Checkpoint.Best best(BestEpoch best) {
    return best == null
        ? null
        : new Checkpoint.Best(
            best.epoch(), (double) best.right() / best.problems(), best.problems());
  }
}
