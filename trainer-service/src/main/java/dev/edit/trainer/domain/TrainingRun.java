package dev.edit.trainer.domain;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.Progress;
import dev.edit.contracts.RunEvent.State;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run from its first step to its last checkpoint, told to a journal.
 *
 * <p>A stage's checkpoint is told with the end of its stage; the last one together with the run's
 * success, so that one is never seen without the other.
 */
public final class TrainingRun {
  private final TrainableStudent student;
  private final CheckpointFolders folders;
  private final RunJournal journal;
  private final StageLoop loop;
  private final Clock clock;

  public TrainingRun(
      TrainableStudent student,
      CheckpointFolders folders,
      RunJournal journal,
      StageLoop loop,
      Clock clock) {
    this.student = student;
    this.folders = folders;
    this.journal = journal;
    this.loop = loop;
    this.clock = clock;
  }

  /**
   * Where a run starts.
   *
   * @param weightsSha256 digest of the student's weights
   * @param tokenizer fingerprint of its tokenizer
   */
  public record Start(String weightsSha256, String tokenizer) {}

  /**
   * Takes all steps of all stages.
   *
   * @return the last checkpoint
   * @throws dev.edit.contracts.InvalidRecordException where the run asks for what cannot be
   * @throws LossNotFiniteException where training diverged
   * @throws IOException where a checkpoint could not be written
   */
  public Checkpoint train(Run run, TrainingSet set, Start start) throws IOException {
    set.requireTokenizer(start.tokenizer());
    RunPlan plan = RunPlan.of(run, set);
    Spent spent = new Spent();
    Checkpoint last = null;
    for (PlannedStage stage : plan.stages()) {
      journal.publish(List.of(event(run, stage, opening(stage, set), null)));
      trainStage(run, stage, spent);
      last =
          folders.write(
              run,
              stage.name(),
              student,
              (folder, sha256) ->
                  new Checkpoint(
                      run.id(),
                      run.recipe(),
                      run.seed(),
                      stage.name(),
                      spent.steps,
                      stage.last(),
                      folder.toString(),
                      sha256,
                      manifest(run, plan, set, start, spent),
                      null,
                      null,
                      null));
      journal.publish(closing(run, stage, last));
    }
    return last;
  }

  private void trainStage(Run run, PlannedStage stage, Spent spent) {
    StageLoop.Cost cost =
        loop.run(
            stage,
            run.seed(),
            student.open(stage.objective(), stage.spec().optimizer()),
            progress -> journal.publish(List.of(event(run, stage, null, progress))));
    spent.steps += stage.spec().steps();
    spent.tokens += cost.tokens();
    spent.seconds += cost.seconds();
  }

  private static String opening(PlannedStage stage, TrainingSet set) {
    return String.format(
        Locale.ROOT,
        "stage %s: %d examples of %d records (%d too long), %d steps of %d",
        stage.name(),
        stage.examples().size(),
        set.records(),
        set.tooLong(),
        stage.spec().steps(),
        stage.spec().batchSize());
  }

  private List<EventRecord> closing(Run run, PlannedStage stage, Checkpoint checkpoint) {
    List<EventRecord> records = new ArrayList<>();
    records.add(checkpoint);
    if (stage.last()) {
      records.add(new RunEvent(run.id(), clock.instant(), State.SUCCEEDED, null, null, null));
    }
    return records;
  }

  private RunEvent event(Run run, PlannedStage stage, String message, Progress progress) {
    return new RunEvent(run.id(), clock.instant(), State.RUNNING, stage.name(), message, progress);
  }

  private static Checkpoint.Manifest manifest(
      Run run, RunPlan plan, TrainingSet set, Start start, Spent spent) {
    return new Checkpoint.Manifest(
        run.dataset().offsets(),
        set.sha256(),
        set.records(),
        new Checkpoint.Examples(examples(plan, RunPlan.SFT), examples(plan, RunPlan.KRSL)),
        set.tooLong(),
        spent.tokens,
        spent.seconds,
        start.weightsSha256(),
        start.tokenizer(),
        null);
  }

  private static int examples(RunPlan plan, String stage) {
    return plan.stages().stream()
        .filter(planned -> planned.name().equals(stage))
        .mapToInt(planned -> planned.examples().size())
        .sum();
  }

  /** What the stages so far have cost. */
  private static final class Spent {
    private int steps;
    private long tokens;
    private double seconds;
  }
}
