package dev.edit.trainer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.codec.Sha256;
import dev.edit.contracts.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
  private static final TrainingRun.Start START =
      new TrainingRun.Start("w".repeat(64), Samples.TOKENIZER);

  @TempDir Path root;
  private final FakeStudent student = new FakeStudent();
  private final List<List<EventRecord>> told = new ArrayList<>();

  private Checkpoint train(Run run) throws IOException {
    return train(run, new SavePolicy(0, Duration.ZERO, 2), () -> false);
  }

  private Checkpoint train(Run run, SavePolicy saves, BooleanSupplier stop) throws IOException {
    TrainingRun training =
        new TrainingRun(
            student,
            new CheckpointFolders(Samples.store(root), root, null),
            told::add,
            new StageLoop(5, System::nanoTime),
            saves,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            stop);
    return training.train(run, Samples.set(Samples.mixed(30), run), START);
  }

  private <T> List<T> all(Class<T> type) {
    return told.stream().flatMap(List::stream).filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void shouldWriteACheckpointAStageAndMarkTheLast() throws IOException {
    train(Samples.run(Recipe.EDIT, 10, 5));

    assertThat(all(Checkpoint.class)).extracting(Checkpoint::stage).containsExactly("sft", "krsl");
    assertThat(all(Checkpoint.class)).extracting(Checkpoint::last).containsExactly(false, true);
    assertThat(all(Checkpoint.class)).extracting(Checkpoint::step).containsExactly(10, 15);
    assertThat(root.resolve("run-1/epoch-1/sft/model.safetensors")).isRegularFile();
    assertThat(root.resolve("run-1/epoch-1/krsl/model.safetensors")).isRegularFile();
  }

  @Test
  void shouldTellTheLastCheckpointAndSuccessTogether() throws IOException {
    Checkpoint last = train(Samples.run(Recipe.STD_COT, 10, 5));

    List<EventRecord> end = told.get(told.size() - 1);
    assertThat(end.get(0)).isEqualTo(last);
    assertThat(((RunEvent) end.get(1)).state()).isEqualTo(State.SUCCEEDED);
    assertThat(all(RunEvent.class)).filteredOn(e -> e.state().isFinal()).hasSize(1);
  }

  @Test
  void shouldTellStageStartsAndProgress() throws IOException {
    train(Samples.run(Recipe.EDIT, 10, 5));

    assertThat(all(RunEvent.class))
        .filteredOn(event -> event.progress() == null && event.stage() != null)
        .extracting(RunEvent::stage)
        .containsExactly("sft", "krsl");
    assertThat(all(RunEvent.class))
        .filteredOn(event -> event.progress() != null)
        .extracting(event -> event.stage() + event.progress().step())
        .containsExactly("sft5", "sft10", "krsl5");
  }

  @Test
  void shouldDescribeWhatTheCheckpointWasMadeFrom() throws IOException {
    Run run = Samples.run(Recipe.EDIT, 10, 5);

    Checkpoint last = train(run);

    Checkpoint.Manifest manifest = last.manifest();
    assertThat(manifest.offsets()).isEqualTo(run.dataset().offsets());
    assertThat(manifest.datasetSha256()).isEqualTo(Samples.set(Samples.mixed(30), run).sha256());
    assertThat(manifest.examples()).isEqualTo(new Checkpoint.Examples(30, 26));
    assertThat(manifest.tokens()).isEqualTo(150);
    assertThat(manifest.initialSha256()).isEqualTo(START.weightsSha256());
    assertThat(last.sha256()).isEqualTo(Sha256.of(Path.of(last.uri(), "model.safetensors")));
    assertThat(Files.readString(Path.of(last.uri(), "manifest.json")))
        .contains(last.sha256(), "\"recipe\" : \"edit\"", "config.json");
  }

  @Test
  void shouldTellNoSuccessWhenTheLossIsNotANumber() {
    student.divergesAt = 12;

    assertThatThrownBy(() -> train(Samples.run(Recipe.EDIT, 10, 5)))
        .isInstanceOf(LossNotFiniteException.class);
    assertThat(all(Checkpoint.class)).extracting(Checkpoint::stage).containsExactly("sft");
    assertThat(all(RunEvent.class)).noneMatch(event -> event.state().isFinal());
  }

  @Test
  void shouldKeepTheOldCheckpointWhenTheDiskIsFull() throws IOException {
    Checkpoint first = train(Samples.run(Recipe.STD_COT, 10, 0));
    told.clear();
    student.diskFull = true;

    assertThatThrownBy(() -> train(Samples.run(Recipe.STD_COT, 10, 0)))
        .hasMessageContaining("No space left");

    assertThat(Sha256.of(Path.of(first.uri(), "model.safetensors"))).isEqualTo(first.sha256());
    assertThat(all(Checkpoint.class)).isEmpty();
    try (var entries = Files.list(root.resolve("run-1/epoch-1"))) {
      assertThat(entries).containsExactly(root.resolve("run-1/epoch-1/sft"));
    }
  }

  @Test
  void shouldReplaceTheCheckpointWhenTheRunIsTrainedAgain() throws IOException {
    train(Samples.run(Recipe.STD_COT, 10, 0));

    student.steps.clear();
    Checkpoint again = train(Samples.run(Recipe.STD_COT, 3, 0));

    assertThat(Sha256.of(root.resolve("run-1/epoch-1/sft/model.safetensors")))
        .isEqualTo(again.sha256());
    try (var entries = Files.list(root.resolve("run-1/epoch-1"))) {
      assertThat(entries).hasSize(1);
    }
  }

  @Test
  void shouldKeepTheFirstBestEpochOfAStage() throws IOException {
    // 18 examples of D+ without the held-out ones: 4 to 5 steps an epoch; right after 6 to 10
    // steps.
    student.answers = taken -> taken >= 6 && taken <= 10 ? "2" : "3";
    Run run = Samples.keepingBest(Samples.run(Recipe.STD_COT, 20, 0), 0.2);

    Checkpoint last = train(run);

    assertThat(last.best().accuracy()).isEqualTo(1.0);
    assertThat(last.best().problems()).isEqualTo(6);
    assertThat(last.manifest().heldOut()).isEqualTo(6);
    int kept = student.answered.get(last.best().epoch() - 1);
    assertThat(kept).isBetween(6, 10);
    assertThat(Files.readAllLines(Path.of(last.uri(), "model.safetensors"))).hasSize(kept);
    assertThat(all(RunEvent.class))
        .extracting(RunEvent::message)
        .contains("stage sft, epoch 1: 0 of 6 held-out problems right");
  }

  @Test
  void shouldSaveNothingAndLeaveNothingWhenTheRunHasEnded() throws IOException {
    train(Samples.run(Recipe.EDIT, 10, 5), new SavePolicy(3, Duration.ZERO, 2), () -> false);

    assertThat(root.resolve("run-1/saves")).doesNotExist();
  }

  @Test
  void shouldGoOnFromTheStepWhereItWasStopped() throws IOException {
    Run run = Samples.run(Recipe.EDIT, 10, 5);
    String whole = train(run).sha256();
    SavePolicy saves = new SavePolicy(3, Duration.ZERO, 2);
    for (int asked = 1; asked <= 30; asked += 4) {
      student.steps.clear();
      AtomicInteger left = new AtomicInteger(asked);
      assertThatThrownBy(() -> train(run, saves, () -> left.getAndDecrement() == 0))
          .isInstanceOf(RunStoppedException.class);
      told.clear();
      student.steps.clear();

      Checkpoint resumed = train(run, saves, () -> false);

      assertThat(resumed.sha256()).as("stopped at question %d", asked).isEqualTo(whole);
      assertThat(resumed.step()).isEqualTo(15);
      assertThat(resumed.manifest().tokens()).isEqualTo(150);
    }
  }

  @Test
  void shouldNotTakeUpASaveOfOtherSettings() throws IOException {
    SavePolicy saves = new SavePolicy(3, Duration.ZERO, 2);
    AtomicInteger left = new AtomicInteger(15);
    assertThatThrownBy(
            () -> train(Samples.run(Recipe.EDIT, 10, 5), saves, () -> left.getAndDecrement() == 0))
        .isInstanceOf(RunStoppedException.class);
    student.steps.clear();

    train(Samples.run(Recipe.EDIT, 10, 4), saves, () -> false);

    assertThat(student.steps).hasSize(14);
    assertThat(all(RunEvent.class))
        .extracting(RunEvent::message)
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains("starts from the beginning", "is of other settings or data"));
  }

  @Test
  void shouldKeepTheOlderSaveWhenTheDiskIsFull() throws IOException {
    Run run = Samples.run(Recipe.EDIT, 10, 5);
    String whole = train(run).sha256();
    student.steps.clear();
    SavePolicy saves = new SavePolicy(3, Duration.ZERO, 2);
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(
            () ->
                train(
                    run,
                    saves,
                    () -> {
                      student.diskFull = asked.incrementAndGet() > 9;
                      return false;
                    }))
        .hasMessageContaining("No space left");
    student.diskFull = false;
    student.steps.clear();
    told.clear();

    assertThat(train(run, saves, () -> false).sha256()).isEqualTo(whole);
    assertThat(all(RunEvent.class).get(0).message())
        .isEqualTo("goes on from stage sft, step 3; on paper");
  }
}
