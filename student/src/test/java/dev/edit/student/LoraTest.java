package dev.edit.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.edit.student.files.TensorData;
import dev.edit.student.lora.LoraAdapter;
import dev.edit.student.lora.LoraSettings;
import dev.edit.student.lora.LoraTarget;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoraTest {
  private static final LoraSettings EVERYWHERE =
      new LoraSettings(3, 6, 0, Arrays.asList(LoraTarget.values()));
  private static final LoraSettings PAPER_TARGETS =
      LoraSettings.of(4, 2, 0, List.of("v_proj", "q_proj"));
  private static final OptimizerSettings SETTINGS =
      new OptimizerSettings(0.9, 0.98, 1e-8, 0.01, 0.5);

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldScoreAndDecodeLikeTheNaiveDecoderWhenAnAdapterIsAttached(StudentConfig config) {
    for (LoraSettings settings : List.of(EVERYWHERE, PAPER_TARGETS)) {
      LoraAdapter adapter = RandomStudents.adapter(config, settings, 1);
      NaiveDecoder naive = new NaiveDecoder(config, RandomStudents.weights(config, 1), adapter);
      List<int[]> rows = RandomStudents.rows(new Random(1), 5, 2, 25);
      try (Student student = RandomStudents.student(config, 1)) {
        student.attach(adapter);
        double[][] scores = Scorer.logProbabilities(student, rows);
        List<int[]> continuations = GreedyDecoder.decode(student, rows, 6, 3);
        for (int row = 0; row < rows.size(); row++) {
          assertThat(scores[row])
              .as("row %d", row)
              .containsExactly(naive.logProbabilities(rows.get(row)), within(1e-4));
          assertThat(continuations.get(row))
              .isEqualTo(naive.greedy(rows.get(row), 6, RandomStudents.EOS));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldGiveTheSameLogitsMergedAsUnmerged(StudentConfig config) {
    LoraAdapter adapter = RandomStudents.adapter(config, EVERYWHERE, 2);
    int[] row = RandomStudents.row(new Random(2), 20);
    try (Student student = RandomStudents.student(config, 2)) {
      float[][] bare = Scorer.logits(student, row);
      student.attach(adapter);
      float[][] unmerged = Scorer.logits(student, row);
      assertThat(largestDifference(bare, unmerged)).isGreaterThan(0.1);
      LoraAdapter merged = student.merge();
      assertThat(student.adapter()).isEmpty();
      assertThat(largestDifference(Scorer.logits(student, row), unmerged)).isLessThan(1e-4);
      student.unmerge(merged);
      assertThat(largestDifference(Scorer.logits(student, row), unmerged)).isLessThan(1e-4);
      student.detach();
      assertThat(largestDifference(Scorer.logits(student, row), bare)).isLessThan(1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.edit.student.RandomStudents#configs")
  void shouldGiveTheAdaptersGradientOfFiniteDifferences(StudentConfig config) {
    LoraAdapter adapter = RandomStudents.adapter(config, EVERYWHERE, 3);
    TokenBatch batch = RandomStudents.batch(new Random(3), 4, 20);
    NaiveDecoder naive = new NaiveDecoder(config, RandomStudents.weights(config, 3), adapter);
    try (Student student = RandomStudents.student(config, 3)) {
      student.attach(adapter);
      TrainingSession session = new TrainingSession(student, SETTINGS);
      assertThat(session.accumulate(batch)).isEqualTo(naive.loss(batch), within(1e-4));
      assertThat(session.gradients().keySet())
          .containsExactlyElementsOf(adapter.tensors().keySet());
      Gradients.assertFiniteDifferences(naive, batch, session.gradients(), 2, 3);
    }
  }

  @Test
  void shouldLeaveTheWeightsAloneWhenTheAdapterIsTrained() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    try (Student student = RandomStudents.student(config, 4)) {
      String weights = student.sha256();
      student.attach(LoraAdapter.create(config, LoraSettings.PAPER, 4));
      TrainingSession session = new TrainingSession(student, SETTINGS, 4);
      TokenBatch batch = RandomStudents.batch(new Random(4), 4, 20);
      double first = session.step(batch, 1e-2).loss();
      for (int step = 0; step < 20; step++) {
        session.step(batch, 1e-2);
      }
      assertThat(session.step(batch, 0).loss()).isLessThan(first - 0.01);
      assertThat(student.sha256()).isEqualTo(weights);
      assertThat(session.state().firstMoments().keySet())
          .isEqualTo(student.adapter().orElseThrow().tensors().keySet());
    }
  }

  @Test
  void shouldChangeNothingWhenTheAdapterIsFresh() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    int[] row = RandomStudents.row(new Random(5), 12);
    LoraAdapter fresh = LoraAdapter.create(config, LoraSettings.PAPER, 5);
    try (Student student = RandomStudents.student(config, 5)) {
      float[][] bare = Scorer.logits(student, row);
      student.attach(fresh);
      assertThat(largestDifference(Scorer.logits(student, row), bare)).isLessThan(1e-6);
    }
    double bound = 1 / Math.sqrt(config.hiddenSize());
    float[] a = fresh.tensors().get("model.layers.1.self_attn.v_proj.lora_A.weight").values();
    double square = 0;
    for (float value : a) {
      assertThat((double) value).isBetween(-bound, bound);
      square += value * value;
    }
    assertThat(square / a.length).isEqualTo(bound * bound / 3, within(0.1 * bound * bound));
  }

  /**
   * Only the first of two tokens has a part in the loss, so that a column of A's gradient is zero
   * just where dropout took that token's input away.
   */
  @Test
  void shouldDropTheShareOfTheDetoursInputsThatTheSettingsSay() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    LoraSettings settings = new LoraSettings(4, 8, 0.4, List.of(LoraTarget.V_PROJ));
    int dropped = 0;
    int seeds = 200;
    try (Student student = RandomStudents.student(config, 6)) {
      student.attach(RandomStudents.adapter(config, settings, 6));
      for (int seed = 0; seed < seeds; seed++) {
        float[] gradient = firstTokensGradient(student, seed, "model.layers.1", "A");
        for (int i = 0; i < config.hiddenSize(); i++) {
          dropped += gradient[i] == 0 ? 1 : 0;
        }
      }
      assertThat(firstTokensGradient(student, 3, "model.layers.1", "A"))
          .containsExactly(firstTokensGradient(student, 3, "model.layers.1", "A"));
    }
    assertThat((double) dropped / seeds / config.hiddenSize()).isEqualTo(0.4, within(0.04));
  }

  @Test
  void shouldGiveTheGradientWithoutDropoutOnAverage() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    LoraSettings dropping = new LoraSettings(4, 8, 0.4, List.of(LoraTarget.V_PROJ));
    LoraSettings keeping = new LoraSettings(4, 8, 0, List.of(LoraTarget.V_PROJ));
    int seeds = 1600;
    double[] mean = new double[config.hiddenSize() * 4];
    float[] expected;
    try (Student student = RandomStudents.student(config, 6)) {
      student.attach(LoraAdapter.create(config, keeping, 6));
      expected = firstTokensGradient(student, 0, "model.layers.1", "B");
      student.detach();
      student.attach(LoraAdapter.create(config, dropping, 6));
      for (int seed = 0; seed < seeds; seed++) {
        float[] gradient = firstTokensGradient(student, seed, "model.layers.1", "B");
        for (int i = 0; i < mean.length; i++) {
          mean[i] += gradient[i] / seeds;
        }
      }
    }
    double error = 0;
    double size = 0;
    for (int i = 0; i < mean.length; i++) {
      error += Math.pow(mean[i] - expected[i], 2);
      size += Math.pow(expected[i], 2);
    }
    // Without the enlargement of the inputs that stay, it would be 0.4.
    assertThat(Math.sqrt(error / size)).as("relative error").isLessThan(0.2);
  }

  private static float[] firstTokensGradient(
      Student student, long seed, String layer, String tensor) {
    TokenBatch batch = TokenBatch.of(List.of(new int[] {5, 7}), List.of(new double[] {0, 1}));
    TrainingSession session = new TrainingSession(student, SETTINGS, seed);
    session.accumulate(batch);
    return session.gradients().get(layer + ".self_attn.v_proj.lora_" + tensor + ".weight").values();
  }

  @Test
  void shouldScoreTheBareWeightsWhileTheAdapterIsOff() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    int[] row = RandomStudents.row(new Random(7), 12);
    try (Student student = RandomStudents.student(config, 7)) {
      float[][] bare = Scorer.logits(student, row);
      student.attach(RandomStudents.adapter(config, EVERYWHERE, 7));
      float[][] adapted = Scorer.logits(student, row);
      float[][] off = student.withoutAdapter(() -> Scorer.logits(student, row));
      assertThat(largestDifference(off, bare)).isLessThan(1e-6);
      assertThat(Scorer.logits(student, row)).isDeepEqualTo(adapted);
      assertThatThrownBy(() -> student.withoutAdapter(() -> new TrainingSession(student, SETTINGS)))
          .hasMessageContaining("the adapter is off");
    }
  }

  @Test
  void shouldNameTheTensorWhenAnAdapterDoesNotFit() {
    StudentConfig config = RandomStudents.configs().findFirst().orElseThrow();
    LoraAdapter adapter = LoraAdapter.create(config, PAPER_TARGETS, 8);
    String name = "model.layers.1.self_attn.v_proj.lora_B.weight";
    try (Student student = RandomStudents.student(config, 8)) {
      Map<String, TensorData> missing = new LinkedHashMap<>(adapter.tensors());
      missing.remove(name);
      assertThatThrownBy(() -> student.attach(new LoraAdapter(PAPER_TARGETS, missing)))
          .hasMessage("adapter: tensor " + name + " is missing, expected shape [16, 4]");
      Map<String, TensorData> wrong = new LinkedHashMap<>(adapter.tensors());
      wrong.put(name, new TensorData(List.of(4, 16), new float[64]));
      assertThatThrownBy(() -> student.attach(new LoraAdapter(PAPER_TARGETS, wrong)))
          .hasMessage("adapter: tensor " + name + " has shape [4, 16], expected [16, 4]");
      assertThatThrownBy(
              () -> student.attach(new LoraAdapter(LoraSettings.PAPER, adapter.tensors())))
          .hasMessageContaining("has shape [4, 16], expected [64, 16]");
      student.attach(adapter);
      TrainingSession session = new TrainingSession(student, SETTINGS);
      assertThatThrownBy(() -> student.attach(adapter)).hasMessageContaining("adapter already");
      student.detach();
      assertThatThrownBy(() -> session.accumulate(RandomStudents.batch(new Random(8), 2, 20)))
          .hasMessageContaining("an adapter was attached or taken off");
    }
    assertThatThrownBy(() -> LoraSettings.of(4, 2, 0, List.of("lm_head")))
        .hasMessage(
            "lora: target_modules has lm_head, expected any of q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj");
  }

  private static double largestDifference(float[][] some, float[][] others) {
    double worst = 0;
    for (int t = 0; t < some.length; t++) {
      for (int id = 0; id < some[t].length; id++) {
        worst = Math.max(worst, Math.abs(some[t][id] - others[t][id]));
      }
    }
    return worst;
  }
}
