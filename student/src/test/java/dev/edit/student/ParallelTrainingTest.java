package dev.edit.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.edit.student.files.TensorData;
import dev.edit.student.lora.LoraAdapter;
import dev.edit.student.lora.LoraSettings;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies on one CPU: what is shown is the arithmetic, not the speed. */
class ParallelTrainingTest {
  private static final OptimizerSettings SETTINGS =
      new OptimizerSettings(0.9, 0.98, 1e-8, 0.01, 0.5);
  private static final StudentConfig CONFIG = RandomStudents.configs().findFirst().orElseThrow();
  private static final Runnable GO_ON = () -> {};

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldTakeTheUndividedBatchesUpdateOnEveryCopy(boolean adapter) {
    Random random = new Random(4);
    try (Student alone = student(adapter);
        Student one = student(adapter);
        Student other = student(adapter);
        ParallelTraining training = new ParallelTraining(List.of(one, other), SETTINGS, 7)) {
      TrainingSession session = new TrainingSession(alone, SETTINGS, 7);
      for (int step = 0; step < 4; step++) {
        // 7 rows in parts of 2 are 4 passes, the last of one row; of 5 rows one copy gets two
        // parts.
        TokenBatch batch = RandomStudents.batch(random, step == 1 ? 5 : 7, 20);
        StepResult expected = session.step(batch, 1e-3);
        StepResult actual = training.step(batch.split(2), 1e-3, GO_ON);

        assertThat(actual.loss()).isEqualTo(expected.loss(), within(1e-4));
        assertThat(actual.gradientNorm()).isEqualTo(expected.gradientNorm(), within(1e-4));
        assertThat(actual.tokens()).isEqualTo(expected.tokens());
        assertThat(actual.negativeNll()).isEqualTo(expected.negativeNll(), within(1e-3));
      }
      assertClose(trained(one), trained(alone), 1e-5);
      assertClose(trained(other), trained(one), 0);
    }
  }

  @Test
  void shouldUpdateAllCopiesWhenABatchHasFewerPartsThanThereAreCopies() {
    TokenBatch batch = RandomStudents.batch(new Random(5), 2, 20);
    try (Student alone = student(false);
        Student one = student(false);
        Student other = student(false);
        ParallelTraining training = new ParallelTraining(List.of(one, other), SETTINGS, 7)) {
      new TrainingSession(alone, SETTINGS, 7).step(batch, 1e-3);
      training.step(List.of(batch), 1e-3, GO_ON);

      assertClose(trained(one), trained(alone), 1e-6);
      assertClose(trained(other), trained(one), 0);
    }
  }

  @Test
  void shouldGiveASessionsBitsWhenThereIsOneCopy() {
    Random random = new Random(6);
    try (Student alone = student(true);
        Student one = student(true);
        ParallelTraining training = new ParallelTraining(List.of(one), SETTINGS, 7)) {
      TrainingSession session = new TrainingSession(alone, SETTINGS, 7);
      for (int step = 0; step < 3; step++) {
        TokenBatch batch = RandomStudents.batch(random, 5, 20);
        if (step == 1) {
          batch.split(2).forEach(session::accumulate);
          session.apply(1e-3);
          training.step(batch.split(2), 1e-3, GO_ON);
        } else {
          session.step(batch, 1e-3);
          training.step(List.of(batch), 1e-3, GO_ON);
        }
      }
      assertClose(trained(one), trained(alone), 0);
    }
  }

  @Test
  void shouldGoOnFromItsStateOnAllCopies() {
    TokenBatch first = RandomStudents.batch(new Random(8), 4, 20);
    TokenBatch second = RandomStudents.batch(new Random(9), 4, 20);
    try (Student one = student(false);
        Student other = student(false);
        ParallelTraining training = new ParallelTraining(List.of(one, other), SETTINGS, 7)) {
      training.step(first.split(2), 1e-3, GO_ON);
      OptimizerState state = training.state();
      StudentFolder saved = new StudentFolder(CONFIG, one.weights(), Map.of());
      training.step(second.split(2), 1e-3, GO_ON);
      try (Student resumed = new Student(saved);
          Student copy = new Student(saved);
          ParallelTraining later = new ParallelTraining(List.of(resumed, copy), SETTINGS, 7)) {
        later.restore(state);
        later.step(second.split(2), 1e-3, GO_ON);
        assertClose(trained(resumed), trained(one), 0);
        assertClose(trained(copy), trained(one), 0);
      }
    }
  }

  @Test
  void shouldGiveTheStepUpWhenAskedToBeforeAPass() {
    TokenBatch batch = RandomStudents.batch(new Random(5), 4, 20);
    try (Student one = student(false);
        Student other = student(false);
        ParallelTraining training = new ParallelTraining(List.of(one, other), SETTINGS, 7)) {
      Map<String, TensorData> before = trained(one);
      Runnable stop =
          () -> {
            throw new UnsupportedOperationException("stopped");
          };

      assertThatThrownBy(() -> training.step(batch.split(2), 1e-3, stop))
          .isInstanceOf(UnsupportedOperationException.class);
      assertClose(trained(one), before, 0);
    }
  }

  private static Student student(boolean adapter) {
    Student student = RandomStudents.student(CONFIG, 4);
    if (adapter) {
      student.attach(
          LoraAdapter.create(CONFIG, LoraSettings.of(4, 8, 0, List.of("q_proj", "v_proj")), 3));
    }
    return student;
  }

  private static Map<String, TensorData> trained(Student student) {
    return student.adapter().map(LoraAdapter::tensors).orElseGet(student::weights);
  }

  private static void assertClose(
      Map<String, TensorData> actual, Map<String, TensorData> expected, double tolerance) {
    assertThat(actual).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, tensor) -> {
          float[] is = actual.get(name).values();
          float[] should = tensor.values();
          for (int i = 0; i < should.length; i++) {
            assertThat((double) is[i])
                .as("%s[%d]", name, i)
                .isCloseTo(should[i], within(tolerance));
          }
        });
  }
}
