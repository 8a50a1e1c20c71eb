package dev.edit.student;

import dev.edit.student.files.TensorData;
import java.util.LinkedHashMap;
import java.util.Map;

/** AdamW with global-norm clipping once more, in double precision and plain loops. */
final class NaiveAdamW {
  private final OptimizerSettings settings;
  private final Map<String, double[]> weights = new LinkedHashMap<>();
  private final Map<String, double[]> first = new LinkedHashMap<>();
  private final Map<String, double[]> second = new LinkedHashMap<>();
  private int steps;

  NaiveAdamW(OptimizerSettings settings, Map<String, TensorData> start) {
    this.settings = settings;
    start.forEach(
        (name, tensor) -> {
          double[] values = new double[tensor.values().length];
          for (int i = 0; i < values.length; i++) {
            values[i] = tensor.values()[i];
          }
          weights.put(name, values);
          first.put(name, new double[values.length]);
          second.put(name, new double[values.length]);
        });
  }

  Map<String, double[]> weights() {
    return weights;
  }

  /** Returns the norm before clipping. */
  double step(Map<String, TensorData> gradients, double rate) {
    steps++;
    double square = 0;
    for (TensorData gradient : gradients.values()) {
      for (float g : gradient.values()) {
        square += (double) g * g;
      }
    }
    double norm = Math.sqrt(square);
    double scale = Math.min(1, settings.clipNorm() / (norm + 1e-6));
    double firstCorrection = 1 - Math.pow(settings.beta1(), steps);
    double secondCorrection = 1 - Math.pow(settings.beta2(), steps);
    gradients.forEach(
        (name, gradient) -> {
          double[] w = weights.get(name);
          double[] m = first.get(name);
          double[] v = second.get(name);
          for (int i = 0; i < w.length; i++) {
            double g = gradient.values()[i] * scale;
            m[i] = settings.beta1() * m[i] + (1 - settings.beta1()) * g;
            v[i] = settings.beta2() * v[i] + (1 - settings.beta2()) * g * g;
            double root = Math.sqrt(v[i] / secondCorrection) + settings.epsilon();
            w[i] -= rate * (settings.weightDecay() * w[i] + m[i] / firstCorrection / root);
          }
        });
    return norm;
  }
}
