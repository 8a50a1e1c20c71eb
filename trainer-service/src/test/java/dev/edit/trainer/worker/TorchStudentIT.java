package dev.edit.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.student.Student;
import dev.edit.student.files.TensorData;
import dev.edit.trainer.TinyStudent;
import dev.edit.trainer.domain.Samples;
import dev.edit.trainer.domain.SavePolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real training of a tiny student, without Kafka. */
class TorchStudentIT {
  @TempDir Path folder;
  private Path student;
  private final List<EventRecord> told = new ArrayList<>();

  @BeforeEach
  void writeStudent() throws IOException {
    student = TinyStudent.write(folder.resolve("student"));
  }

  private Checkpoint train(String id, Recipe recipe, long seed) throws IOException {
    return train(id, recipe, seed, Settings.of(folder.resolve("runs"), 10, SavePolicy.DEFAULT));
  }

  private Checkpoint train(String id, Recipe recipe, long seed, RunTrainer.Settings settings)
      throws IOException {
    Run shape = Samples.run(id, recipe, 40, 10, 64, List.of());
    Run run =
        new Run(id, recipe, student.toString(), shape.hyperparameters(), shape.dataset(), seed);
    return new RunTrainer(settings, told::addAll, () -> false)
        .train(run, () -> TinyStudent.records(student, 40));
  }

  private List<RunEvent.Progress> progress(String stage) {
    return told.stream()
        .filter(RunEvent.class::isInstance)
        .map(RunEvent.class::cast)
        .filter(event -> event.progress() != null && stage.equals(event.stage()))
        .map(RunEvent::progress)
        .toList();
  }

  @Test
  void shouldGiveTheSameBytesWhenTheRunIsTheSame() throws IOException {
    Checkpoint first = train("first", Recipe.EDIT, 7);
    Checkpoint second = train("second", Recipe.EDIT, 7);

    assertThat(second.sha256()).isEqualTo(first.sha256());
    assertThat(second.manifest().datasetSha256()).isEqualTo(first.manifest().datasetSha256());
  }

  @Test
  void shouldGiveOtherBytesWhenTheSeedOrTheRecipeDiffers() throws IOException {
    String edit = train("edit", Recipe.EDIT, 7).sha256();

    assertThat(train("seed", Recipe.EDIT, 8).sha256()).isNotEqualTo(edit);
    assertThat(train("recipe", Recipe.EDIT_NO_KRSL, 7).sha256()).isNotEqualTo(edit);
  }

  @Test
  void shouldTrainTheSameStudentToRoundingOnTwoDevices() throws IOException {
    RunTrainer.Settings one = Settings.of(folder.resolve("runs"), 10, SavePolicy.DEFAULT);
    RunTrainer.Settings two =
        new RunTrainer.Settings(
            one.artifacts(), one.folders(), one.reportEvery(), one.saves(), "cpu,cpu");
    Checkpoint alone = train("alone", Recipe.EDIT, 7, one);
    List<RunEvent.Progress> expected = List.copyOf(progress("krsl"));
    told.clear();
    Checkpoint together = train("together", Recipe.EDIT, 7, two);

    assertThat(told)
        .filteredOn(RunEvent.class::isInstance)
        .extracting(event -> ((RunEvent) event).message())
        .anySatisfy(message -> assertThat(message).contains("cpu, cpu in fp32"));
    assertThat(progress("krsl"))
        .zipSatisfy(
            expected,
            (actual, wanted) -> assertThat(actual.loss()).isCloseTo(wanted.loss(), within(1e-3)));
    try (Student first = Student.load(Path.of(alone.uri()));
        Student second = Student.load(Path.of(together.uri()))) {
      Map<String, TensorData> weights = second.weights();
      first
          .weights()
          .forEach(
              (name, tensor) ->
                  assertThat(weights.get(name).values())
                      .as(name)
                      .containsExactly(tensor.values(), Offset.offset(1e-3f)));
    }
  }

  @Test
  void shouldLowerTheLossAndRaiseTheKeys() throws IOException {
    train("learn", Recipe.EDIT, 7);

    List<RunEvent.Progress> sft = progress("sft");
    assertThat(sft.get(sft.size() - 1).loss()).isLessThan(sft.get(0).loss() * 0.7);
    assertThat(progress("krsl")).allMatch(p -> p.rightKeyNll() > 0 && p.wrongKeyNll() > 0);
  }

  @Test
  void shouldWriteAStudentThatLoadsAgain() throws IOException {
    Checkpoint last = train("again", Recipe.STD_COT, 7);

    try (Student loaded = Student.load(Path.of(last.uri()))) {
      assertThat(loaded.sha256()).isEqualTo(last.sha256());
    }
    assertThat(Path.of(last.uri(), "tokenizer.json"))
        .hasSameBinaryContentAs(student.resolve("tokenizer.json"));
  }
}
