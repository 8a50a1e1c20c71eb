package dev.edit.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.edit.student.files.TensorData;
import dev.edit.student.lora.LoraAdapter;
import dev.edit.student.lora.LoraSettings;
import dev.edit.student.torch.TorchDevice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Options change how a student computes, not what. */
class ComputeOptionsTest {
  private static final ComputeOptions PLAIN = ComputeOptions.DEFAULT;
  private static final LoraSettings DROPPING =
      LoraSettings.of(4, 8, 0.2, List.of("q_proj", "v_proj", "down_proj"));

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldGiveTheSameGradientsWhenLayersAreComputedAgain(StudentConfig config) {
    ComputeOptions again = PLAIN.withCheckpointing(true);
    for (boolean lora : new boolean[] {false, true}) {
      for (TrainingBatch batch : batches(1)) {
        assertSameGradients(config, batch, again, lora, 1e-5);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldGiveTheSameGradientsWhenLogitsAreHeldAFewRowsAtATime(StudentConfig config) {
    ComputeOptions parts = PLAIN.withLogitsAtATime(5L * RandomStudents.VOCABULARY);
    for (boolean lora : new boolean[] {false, true}) {
      for (TrainingBatch batch : batches(2)) {
        assertSameGradients(config, batch, parts, lora, 1e-5);
      }
    }
  }

  @Test
  void shouldGiveTheSameScoresWhenLogitsAreHeldOneRowAtATime() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    List<int[]> rows = RandomStudents.rows(new Random(3), 6, 1, 20);
    try (Student whole = student(config, PLAIN, false);
        Student parts = student(config, PLAIN.withLogitsAtATime(1), false)) {
      double[][] expected = Scorer.logProbabilities(whole, rows);
      double[][] actual = Scorer.logProbabilities(parts, rows);
      for (int row = 0; row < rows.size(); row++) {
        assertThat(actual[row]).containsExactly(expected[row], within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldStayCloseWhenProductsAreInBfloat16(StudentConfig config) {
    ComputeOptions rounded = PLAIN.withPrecision(ComputeOptions.Precision.BFLOAT16);
    TokenBatch batch = RandomStudents.batch(new Random(4), 6, 20);
    for (boolean lora : new boolean[] {false, true}) {
      Map<String, TensorData> exact = gradients(config, batch, PLAIN, lora);
      Map<String, TensorData> actual = gradients(config, batch, rounded, lora);
      double cosine = cosine(exact, actual);
      // bfloat16 has 8 bits: the gradient points the same way, but is not the same.
      assertThat(cosine).isBetween(0.98, 0.9999999);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldTrainAnAdapterAsOnRoundedWeightsWhenTheyAreKeptInBfloat16(StudentConfig config) {
    TokenBatch batch = RandomStudents.batch(new Random(8), 6, 20);
    Map<String, TensorData> rounded = new LinkedHashMap<>();
    RandomStudents.weights(config, 5)
        .forEach(
            (name, tensor) -> {
              float[] values = tensor.values().clone();
              for (int i = 0; i < values.length; i++) {
                int bits = Float.floatToIntBits(values[i]);
                values[i] = Float.intBitsToFloat((bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000);
              }
              rounded.put(name, new TensorData(tensor.shape(), values));
            });
    StudentFolder exact = new StudentFolder(config, RandomStudents.weights(config, 5), Map.of());
    StudentFolder coarse = new StudentFolder(config, rounded, Map.of());
    LoraAdapter adapter = RandomStudents.adapter(config, DROPPING, 6);
    try (Student kept = new Student(exact, PLAIN.withBfloat16Weights(true));
        Student expected = new Student(coarse, PLAIN)) {
      assertThatThrownBy(() -> new TrainingSession(kept, OptimizerSettings.DEFAULT))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("kept in bfloat16, too coarse to train");
      assertThat(kept.sha256()).isEqualTo(expected.sha256());
      for (Student student : List.of(kept, expected)) {
        student.attach(adapter);
        new TrainingSession(student, OptimizerSettings.DEFAULT, 7).step(batch, 1e-2);
      }
      List<int[]> rows = batch.tokens();
      for (int row = 0; row < rows.size(); row++) {
        assertThat(Scorer.logProbabilities(kept, rows)[row])
            .containsExactly(Scorer.logProbabilities(expected, rows)[row], within(1e-4));
      }
      assertThat(GreedyDecoder.decode(kept, rows, 5, 3))
          .usingRecursiveComparison()
          .isEqualTo(GreedyDecoder.decode(expected, rows, 5, 3));
    }
  }

  @Test
  void shouldNameTheDeviceWhenItIsUnknown() {
    assertThatThrownBy(() -> PLAIN.withDevice("gpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("compute: device is 'gpu', expected cpu or cuda:N");
  }

  @Test
  void shouldNameTheDeviceWhenLibtorchSeesNoSuchOne() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    assertThatThrownBy(() -> student(config, PLAIN.withDevice("cuda:999"), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("compute: device is 'cuda:999', but libtorch sees");
    assertThat(TorchDevice.usedBytes("cpu")).isEmpty();
  }

  private static List<TrainingBatch> batches(long seed) {
    TokenBatch tokens = RandomStudents.batch(new Random(seed), 6, 3.5);
    List<double[]> signs = new ArrayList<>();
    for (int row = 0; row < tokens.tokens().size(); row++) {
      double[] weights = new double[tokens.tokens().get(row).length];
      for (int t = 1; t < weights.length; t++) {
        weights[t] = row % 2 == 0 ? 1 : -1;
      }
      signs.add(weights);
    }
    return List.of(
        tokens, new PreferenceBatch(tokens.tokens(), signs, List.of(-2.0, 3.0, 0.5), 0.1, 1.0 / 3));
  }

  private static void assertSameGradients(
      StudentConfig config,
      TrainingBatch batch,
      ComputeOptions options,
      boolean lora,
      double tolerance) {
    Map<String, TensorData> expected = gradients(config, batch, PLAIN, lora);
    gradients(config, batch, options, lora)
        .forEach(
            (name, gradient) -> {
              for (int i = 0; i < gradient.values().length; i++) {
                assertThat((double) gradient.values()[i])
                    .as("%s[%d], lora %s", name, i, lora)
                    .isEqualTo(expected.get(name).values()[i], within(tolerance));
              }
            });
  }

  private static Map<String, TensorData> gradients(
      StudentConfig config, TrainingBatch batch, ComputeOptions options, boolean lora) {
    try (Student student = student(config, options, lora)) {
      TrainingSession session = new TrainingSession(student, OptimizerSettings.DEFAULT, 7);
      session.accumulate(batch);
      return session.gradients();
    }
  }

  private static Student student(StudentConfig config, ComputeOptions options, boolean lora) {
    Student student =
        new Student(
            new StudentFolder(config, RandomStudents.weights(config, 5), Map.of()), options);
    if (lora) {
      LoraAdapter adapter = RandomStudents.adapter(config, DROPPING, 6);
      student.attach(adapter);
    }
    return student;
  }

  private static double cosine(Map<String, TensorData> some, Map<String, TensorData> others) {
    double product = 0;
    double someSquare = 0;
    double otherSquare = 0;
    for (String name : some.keySet()) {
      float[] a = some.get(name).values();
      float[] b = others.get(name).values();
      for (int i = 0; i < a.length; i++) {
        product += (double) a[i] * b[i];
        someSquare += (double) a[i] * a[i];
        otherSquare += (double) b[i] * b[i];
      }
    }
    return product / Math.sqrt(someSquare * otherSquare);
  }
}
