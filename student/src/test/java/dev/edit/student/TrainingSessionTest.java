package dev.edit.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.edit.student.files.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingSessionTest {
  private static final OptimizerSettings SETTINGS =
      new OptimizerSettings(0.9, 0.98, 1e-8, 0.01, 0.5);

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldGiveTheGradientOfFiniteDifferences(StudentConfig config) {
    for (long seed = 0; seed < 2; seed++) {
      TokenBatch batch = RandomStudents.batch(new Random(seed), 4, 20);
      assertGradients(config, seed, batch);
    }
  }

  @Test
  void shouldGiveThePreferencesGradientOfFiniteDifferences() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    List<int[]> rows = RandomStudents.rows(new Random(1), 6, 3, 12);
    List<double[]> signs = new ArrayList<>();
    for (int[] row : rows) {
      double[] weights = new double[row.length];
      Arrays.fill(weights, 2, row.length, signs.size() % 2 == 0 ? 1 : -1);
      signs.add(weights);
    }
    List<Double> references = List.of(-4.0, 3.0, 0.5);
    assertGradients(config, 1, new PreferenceBatch(rows, signs, references, 0.3, 1.0 / 3));
  }

  @Test
  void shouldLeaveTokensBeyondTheCeilingOutOfLossAndGradient() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    // About half of the negatively weighted tokens lie beyond a ceiling near ln(vocabulary).
    TokenBatch batch = RandomStudents.batch(new Random(7), 6, 3.5);
    NaiveDecoder naive = new NaiveDecoder(config, RandomStudents.weights(config, 7));
    TokenBatch open = new TokenBatch(batch.tokens(), batch.weights(), 1e9);
    assertThat(naive.loss(batch)).isNotEqualTo(naive.loss(open));
    assertGradients(config, 7, batch);
  }

  private static void assertGradients(StudentConfig config, long seed, TrainingBatch batch) {
    NaiveDecoder naive = new NaiveDecoder(config, RandomStudents.weights(config, seed));
    try (Student student = RandomStudents.student(config, seed)) {
      TrainingSession session = new TrainingSession(student, SETTINGS);
      assertThat(session.accumulate(batch)).isEqualTo(naive.loss(batch), within(1e-4));
      Gradients.assertFiniteDifferences(naive, batch, session.gradients(), 4, seed);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldUpdateLikeTheNaiveAdamW(StudentConfig config) {
    Random random = new Random(3);
    try (Student student = RandomStudents.student(config, 3)) {
      TrainingSession session = new TrainingSession(student, SETTINGS);
      NaiveAdamW naive = new NaiveAdamW(SETTINGS, student.weights());
      for (int step = 0; step < 8; step++) {
        // The gradient comes from the student: what is compared is clipping, moments and update.
        session.accumulate(RandomStudents.batch(random, 3, 20));
        double norm = naive.step(session.gradients(), 0.01 / (step + 1));
        StepResult result = session.apply(0.01 / (step + 1));
        assertThat(result.gradientNorm()).isEqualTo(norm, within(1e-5 * norm));
        assertWeights(student.weights(), naive.weights(), 2e-6, "step " + step);
      }
    }
  }

  @Test
  void shouldGiveTheSameUpdateWhenABatchIsAccumulatedInParts() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    Random random = new Random(4);
    try (Student whole = RandomStudents.student(config, 4);
        Student parts = RandomStudents.student(config, 4)) {
      TrainingSession first = new TrainingSession(whole, SETTINGS);
      TrainingSession second = new TrainingSession(parts, SETTINGS);
      for (int step = 0; step < 5; step++) {
        TokenBatch batch = RandomStudents.batch(random, 7, 20);
        StepResult expected = first.step(batch, 1e-3);
        batch.split(2).forEach(second::accumulate);
        StepResult actual = second.apply(1e-3);
        assertThat(actual.loss()).isEqualTo(expected.loss(), within(1e-4));
        assertThat(actual.gradientNorm()).isEqualTo(expected.gradientNorm(), within(1e-4));
        assertThat(actual.tokens()).isEqualTo(expected.tokens());
        assertThat(actual.positiveTokens()).isEqualTo(expected.positiveTokens());
        assertThat(actual.negativeNll()).isEqualTo(expected.negativeNll(), within(1e-3));
      }
    }
  }

  @Test
  void shouldReportMeansOverPositiveAndNegativeTokens() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    TokenBatch batch = RandomStudents.batch(new Random(5), 5, 2.0);
    NaiveDecoder naive = new NaiveDecoder(config, RandomStudents.weights(config, 5));
    List<Double> positive = new ArrayList<>();
    List<Double> negative = new ArrayList<>();
    for (int row = 0; row < batch.tokens().size(); row++) {
      double[] logP = naive.logProbabilities(batch.tokens().get(row));
      for (int t = 1; t < logP.length; t++) {
        double weight = batch.weights().get(row)[t];
        if (weight != 0) {
          (weight > 0 ? positive : negative).add(-logP[t]);
        }
      }
    }
    try (Student student = RandomStudents.student(config, 5)) {
      StepResult result = new TrainingSession(student, SETTINGS).step(batch, 0);
      assertThat(result.positiveTokens()).isEqualTo(positive.size());
      assertThat(result.negativeTokens()).isEqualTo(negative.size());
      assertThat(result.positiveNll()).isEqualTo(mean(positive), within(1e-4));
      assertThat(result.negativeNll()).isEqualTo(mean(negative), within(1e-4));
      assertThat(result.tokens()).isEqualTo(batch.tokenCount());
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  @Test
  void shouldGiveTheSameBitsWhenTheSameStepsAreTakenTwice() {
    StudentConfig config = StudentConfig.of(50, 64, 160, 3, 4, 64, RandomStudents.EOS);
    assertThat(trained(config, 25))
        .isEqualTo(trained(config, 25))
        .isNotEqualTo(trained(config, 24));
  }

  private static String trained(StudentConfig config, int steps) {
    Random random = new Random(6);
    try (Student student = Student.create(config, 6)) {
      TrainingSession session = new TrainingSession(student, SETTINGS);
      for (int step = 0; step < steps; step++) {
        session.step(RandomStudents.batch(random, 16, 20), 1e-3);
      }
      return student.sha256();
    }
  }

  @Test
  void shouldLeaveWeightsAloneWhenTheGradientIsNotFinite() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    Map<String, TensorData> weights = RandomStudents.weights(config, 8);
    weights.get("model.norm.weight").values()[0] = Float.NaN;
    try (Student student = new Student(new StudentFolder(config, weights, Map.of()))) {
      String before = student.sha256();
      TrainingSession session = new TrainingSession(student, SETTINGS);
      TokenBatch batch = RandomStudents.batch(new Random(8), 2, 20);
      assertThatThrownBy(() -> session.step(batch, 1e-3))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("step 1: loss is NaN");
      assertThat(student.sha256()).isEqualTo(before);
    }
  }

  @Test
  void shouldRefuseAStepWhileAccumulatedBatchesWait() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    try (Student student = RandomStudents.student(config, 9)) {
      TrainingSession session = new TrainingSession(student, SETTINGS);
      TokenBatch batch = RandomStudents.batch(new Random(9), 2, 20);
      session.accumulate(batch);
      assertThatThrownBy(() -> session.step(batch, 1e-3))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("1 accumulated batches wait for apply");
    }
  }

  @Test
  void shouldRefuseUseWhenTheStudentIsClosed() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    Student student = RandomStudents.student(config, 10);
    TrainingSession session = new TrainingSession(student, SETTINGS);
    student.close();
    assertThatThrownBy(() -> session.step(RandomStudents.batch(new Random(1), 2, 20), 1e-3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the student is closed");
  }

  private static void assertWeights(
      Map<String, TensorData> actual,
      Map<String, double[]> expected,
      double tolerance,
      String what) {
    actual.forEach(
        (name, tensor) -> {
          double worst = 0;
          for (int i = 0; i < tensor.values().length; i++) {
            worst = Math.max(worst, Math.abs(tensor.values()[i] - expected.get(name)[i]));
          }
          assertThat(worst).as("%s, largest difference in %s", what, name).isLessThan(tolerance);
        });
  }
}
