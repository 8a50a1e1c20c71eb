package dev.edit.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.edit.student.files.TensorData;
import java.util.Map;
import java.util.Random;

/** Holds gradients against central differences of the naive decoder's loss. */
final class Gradients {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 2e-4;

  private Gradients() {}

  /** Compares {@code draws} random places of every tensor. */
  static void assertFiniteDifferences(
      NaiveDecoder naive,
      TrainingBatch batch,
      Map<String, TensorData> gradients,
      int draws,
      long seed) {
    Random random = new Random(seed);
    gradients.forEach(
        (name, gradient) -> {
          for (int draw = 0; draw < draws; draw++) {
            int i = random.nextInt(gradient.values().length);
            assertThat((double) gradient.values()[i])
                .as("seed %d, %s[%d]", seed, name, i)
                .isEqualTo(difference(naive, batch, name, i), within(TOLERANCE));
          }
        });
  }

  private static double difference(NaiveDecoder naive, TrainingBatch batch, String name, int i) {
    double[] weight = naive.weight(name);
    double before = weight[i];
    weight[i] = before + STEP;
    double above = naive.loss(batch);
    weight[i] = before - STEP;
    double below = naive.loss(batch);
    weight[i] = before;
    return (above - below) / (2 * STEP);
  }
}
