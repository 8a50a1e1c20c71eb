package dev.edit.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.student.files.Safetensors;
import dev.edit.student.files.TensorData;
import dev.edit.student.lora.LoraAdapter;
import dev.edit.student.lora.LoraSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A session that is stopped and resumed ends with the bits of one that was not. */
class ResumeTest {
  private static final int STEPS = 24;
  private static final StudentConfig CONFIG =
      StudentConfig.of(40, 48, 96, 2, 4, 32, RandomStudents.EOS);
  private static final LoraSettings DROPPING =
      new LoraSettings(8, 16, 0.1, LoraSettings.PAPER.targets());

  @Test
  void shouldEndWithTheSameAdapterWhereverItWasResumed() {
    String expected = run(STEPS, true, true);
    Random random = new Random(1);
    for (int trial = 0; trial < 10; trial++) {
      int stop = 1 + random.nextInt(STEPS - 1);
      assertThat(run(stop, true, true)).as("resumed after step %d", stop).isEqualTo(expected);
    }
    assertThat(run(STEPS / 2, true, false)).as("moments reset").isNotEqualTo(expected);
  }

  @Test
  void shouldEndWithTheSameWeightsWhereverItWasResumed() {
    String expected = run(STEPS, false, true);
    for (int stop : List.of(1, 7, 23)) {
      assertThat(run(stop, false, true)).as("resumed after step %d", stop).isEqualTo(expected);
    }
    assertThat(run(STEPS / 2, false, false)).as("moments reset").isNotEqualTo(expected);
  }

  /** Digest of what was trained; stopped after {@code stop} steps and resumed in a new student. */
  private static String run(int stop, boolean lora, boolean keepMoments) {
    List<TokenBatch> batches = new ArrayList<>();
    Random random = new Random(2);
    for (int step = 0; step < STEPS; step++) {
      batches.add(RandomStudents.batch(random, 6, 20));
    }
    Map<String, TensorData> weights = InitialWeights.create(CONFIG, 3);
    LoraAdapter adapter = lora ? LoraAdapter.create(CONFIG, DROPPING, 4) : null;
    OptimizerState state;
    try (Student student = student(weights, adapter)) {
      TrainingSession session = new TrainingSession(student, OptimizerSettings.DEFAULT, 5);
      train(session, batches, 0, stop);
      state = session.state();
      weights = student.weights();
      adapter = student.adapter().orElse(null);
    }
    try (Student student = student(weights, adapter)) {
      TrainingSession session = new TrainingSession(student, OptimizerSettings.DEFAULT, 5);
      if (keepMoments) {
        session.restore(state);
      }
      train(session, batches, stop, STEPS);
      return Safetensors.sha256(
          lora ? student.adapter().orElseThrow().tensors() : student.weights());
    }
  }

  private static Student student(Map<String, TensorData> weights, LoraAdapter adapter) {
    Student student = new Student(new StudentFolder(CONFIG, weights, Map.of()));
    if (adapter != null) {
      student.attach(adapter);
    }
    return student;
  }

  private static void train(TrainingSession session, List<TokenBatch> batches, int from, int to) {
    for (int step = from; step < to; step++) {
      if (step % 2 == 0) {
        session.step(batches.get(step), 1e-3);
      } else {
        batches.get(step).split(2).forEach(session::accumulate);
        session.apply(1e-3);
      }
    }
  }

  @Test
  void shouldNameTheTensorWhenAStateIsOfAnotherModel() {
    StudentConfig other = StudentConfig.of(40, 24, 96, 2, 4, 32, RandomStudents.EOS);
    try (Student student = Student.create(CONFIG, 1);
        Student smaller = Student.create(other, 1)) {
      TrainingSession session = new TrainingSession(student, OptimizerSettings.DEFAULT);
      OptimizerState state = new TrainingSession(smaller, OptimizerSettings.DEFAULT).state();
      assertThatThrownBy(() -> session.restore(state))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "first moments: tensor model.embed_tokens.weight has shape [40, 24], expected [40, 48]");
      session.accumulate(RandomStudents.batch(new Random(1), 2, 20));
      assertThatThrownBy(session::state)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("1 accumulated batches wait for apply");
    }
  }
}
