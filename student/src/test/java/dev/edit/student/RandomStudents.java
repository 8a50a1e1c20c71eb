package dev.edit.student;

import dev.edit.student.files.TensorData;
import dev.edit.student.lora.LoraAdapter;
import dev.edit.student.lora.LoraSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Small random students and rows for tests. */
final class RandomStudents {
  static final int VOCABULARY = 19;
  static final int EOS = 2;
  static final int POSITIONS = 48;

  private RandomStudents() {}

  /**
   * Plain; grouped-query; one shared key/value head; tied head; heads wider than their share; all
   * biases with linear scaling; a tied Qwen2 with a window from its second layer on; a Mistral with
   * a window; llama3 and dynamic scaling.
   */
  static Stream<StudentConfig> configs() {
    return Stream.of(
        config(16, 24, 2, 4, 4, 4, false),
        config(16, 20, 3, 4, 2, 6, false),
        config(12, 40, 1, 6, 1, 2, true),
        config(24, 24, 2, 3, 3, 8, true),
        llama(new RopeScaling.Linear(2.5), new AttentionTraits(true, true, 0, 0)),
        config(
            ModelFamily.QWEN2,
            RotaryEmbedding.of(700),
            new AttentionTraits(true, false, 4, 1),
            true),
        config(
            ModelFamily.MISTRAL,
            RotaryEmbedding.of(900),
            new AttentionTraits(false, false, 5, 0),
            false),
        llama(new RopeScaling.Llama3(8, 1, 4, 16), AttentionTraits.PLAIN),
        llama(new RopeScaling.Dynamic(4), AttentionTraits.PLAIN));
  }

  private static StudentConfig llama(RopeScaling scaling, AttentionTraits attention) {
    return config(ModelFamily.LLAMA, new RotaryEmbedding(500, scaling), attention, false);
  }

  static StudentConfig config(
      int hidden, int inner, int layers, int heads, int kvHeads, int headDim, boolean tied) {
    return new StudentConfig(
        ModelFamily.LLAMA,
        VOCABULARY,
        hidden,
        inner,
        layers,
        heads,
        kvHeads,
        headDim,
        1e-5,
        RotaryEmbedding.of(500),
        AttentionTraits.PLAIN,
        tied,
        POSITIONS,
        1,
        List.of(EOS),
        Map.of());
  }

  /**
   * Three layers of four heads that share two. Dynamic scaling begins beyond {@link #POSITIONS} / 4
   * tokens.
   */
  private static StudentConfig config(
      ModelFamily family, RotaryEmbedding rope, AttentionTraits attention, boolean tied) {
    int positions = POSITIONS;
    if (rope.scaling() instanceof RopeScaling.Dynamic dynamic) {
      positions = (int) (POSITIONS / dynamic.factor());
    }
    return new StudentConfig(
        family,
        VOCABULARY,
        16,
        20,
        3,
        4,
        2,
        6,
        1e-5,
        rope,
        attention,
        tied,
        positions,
        1,
        List.of(EOS),
        Map.of());
  }

  /** Weights where every tensor matters: norms differ from 1, projections are not small. */
  static Map<String, TensorData> weights(StudentConfig config, long seed) {
    Random random = new Random(seed);
    Map<String, TensorData> weights = new LinkedHashMap<>();
    InitialWeights.create(config, seed)
        .forEach(
            (name, tensor) -> {
              float[] values = tensor.values().clone();
              for (int i = 0; i < values.length; i++) {
                values[i] += (float) (0.3 * random.nextGaussian());
              }
              weights.put(name, new TensorData(tensor.shape(), values));
            });
    return weights;
  }

  static Student student(StudentConfig config, long seed) {
    return new Student(new StudentFolder(config, weights(config, seed), Map.of()));
  }

  /** An adapter whose B is not zero. */
  static LoraAdapter adapter(StudentConfig config, LoraSettings settings, long seed) {
    Random random = new Random(seed);
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    LoraAdapter.create(config, settings, seed)
        .tensors()
        .forEach(
            (name, tensor) -> {
              float[] values = tensor.values().clone();
              for (int i = 0; i < values.length; i++) {
                values[i] += (float) (0.2 * random.nextGaussian());
              }
              tensors.put(name, new TensorData(tensor.shape(), values));
            });
    return new LoraAdapter(settings, tensors);
  }

  static int[] row(Random random, int length) {
    return random.ints(length, 3, VOCABULARY).toArray();
  }

  static List<int[]> rows(Random random, int count, int shortest, int longest) {
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(random, shortest + random.nextInt(longest - shortest + 1)));
    }
    return rows;
  }

  /** Rows with weights of both signs; about half of the tokens carry none. */
  static TokenBatch batch(Random random, int rows, double nllCeiling) {
    List<int[]> tokens = rows(random, rows, 2, 14);
    List<double[]> weights = new ArrayList<>();
    for (int[] row : tokens) {
      double[] weight = new double[row.length];
      for (int t = 1; t < row.length; t++) {
        weight[t] = random.nextBoolean() ? random.nextGaussian() / 10 : 0;
      }
      weight[row.length - 1] = 0.1;
      weights.add(weight);
    }
    return new TokenBatch(tokens, weights, nllCeiling);
  }
}
