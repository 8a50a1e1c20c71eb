package dev.edit.student;

import dev.edit.student.files.TensorData;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The decoder once more, in double precision and plain loops, one row at a time, without cache or
 * batching.
 */
final class NaiveDecoder {
  private final StudentConfig config;
  private final Map<String, double[]> weights = new HashMap<>();

  NaiveDecoder(StudentConfig config, Map<String, TensorData> weights) {
    this.config = config;
    weights.forEach(
        (name, tensor) -> {
          double[] values = new double[tensor.values().length];
          Arrays.setAll(values, i -> tensor.values()[i]);
          this.weights.put(name, values);
        });
  }

  /** The values of a weight, to be read or changed. */
  double[] weight(String name) {
    return weights.get(name);
  }

  /** Logits [tokens][vocabulary] after every token. */
  double[][] logits(int[] row) {
    double[][] x = new double[row.length][];
    for (int t = 0; t < row.length; t++) {
      int from = row[t] * config.hiddenSize();
      x[t] =
          Arrays.copyOfRange(
              weights.get("model.embed_tokens.weight"), from, from + config.hiddenSize());
    }
    for (int layer = 0; layer < config.layers(); layer++) {
      layer(x, "model.layers." + layer + ".");
    }
    String head = config.tieWordEmbeddings() ? "model.embed_tokens.weight" : "lm_head.weight";
    double[][] logits = new double[row.length][];
    for (int t = 0; t < row.length; t++) {
      logits[t] = times(head, norm(x[t], "model.norm.weight"));
    }
    return logits;
  }

  /** log p of every token given those before it; NaN for the first. */
  double[] logProbabilities(int[] row) {
    double[][] logits = logits(row);
    double[] result = new double[row.length];
    result[0] = Double.NaN;
    for (int t = 1; t < row.length; t++) {
      double max = Arrays.stream(logits[t - 1]).max().orElseThrow();
      double sum = Arrays.stream(logits[t - 1]).map(z -> Math.exp(z - max)).sum();
      result[t] = logits[t - 1][row[t]] - max - Math.log(sum);
    }
    return result;
  }

  /** The loss of {@link TokenBatch}. */
  double loss(TokenBatch batch) {
    double loss = 0;
    for (int b = 0; b < batch.tokens().size(); b++) {
      double[] logP = logProbabilities(batch.tokens().get(b));
      for (int t = 1; t < logP.length; t++) {
        double weight = batch.weights().get(b)[t];
        if (weight > 0 || (weight < 0 && -logP[t] <= batch.nllCeiling())) {
          loss -= weight * logP[t];
        }
      }
    }
    return loss;
  }

  /** The most probable continuation, one whole forward pass per token. */
  int[] greedy(int[] prompt, int limit, int eos) {
    int[] row = prompt;
    while (row.length - prompt.length < limit) {
      double[] last = logits(row)[row.length - 1];
      int best = 0;
      for (int i = 1; i < last.length; i++) {
        best = last[i] > last[best] ? i : best;
      }
      row = Arrays.copyOf(row, row.length + 1);
      row[row.length - 1] = best;
      if (best == eos) {
        break;
      }
    }
    return Arrays.copyOfRange(row, prompt.length, row.length);
  }

  private void layer(double[][] x, String prefix) {
    int size = config.headDim();
    double[][] q = new double[x.length][];
    double[][] k = new double[x.length][];
    double[][] v = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double[] h = norm(x[t], prefix + "input_layernorm.weight");
      q[t] = rotated(times(prefix + "self_attn.q_proj.weight", h), t);
      k[t] = rotated(times(prefix + "self_attn.k_proj.weight", h), t);
      v[t] = times(prefix + "self_attn.v_proj.weight", h);
    }
    int group = config.heads() / config.kvHeads();
    for (int t = 0; t < x.length; t++) {
      double[] mixed = new double[config.heads() * size];
      for (int head = 0; head < config.heads(); head++) {
        attend(q[t], k, v, t, head * size, head / group * size, mixed);
      }
      add(x[t], times(prefix + "self_attn.o_proj.weight", mixed));
      double[] h = norm(x[t], prefix + "post_attention_layernorm.weight");
      double[] gate = times(prefix + "mlp.gate_proj.weight", h);
      double[] up = times(prefix + "mlp.up_proj.weight", h);
      for (int i = 0; i < gate.length; i++) {
        gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
      }
      add(x[t], times(prefix + "mlp.down_proj.weight", gate));
    }
  }

  private void attend(
      double[] q, double[][] k, double[][] v, int t, int queryFrom, int keyFrom, double[] out) {
    int size = config.headDim();
    double[] scores = new double[t + 1];
    for (int s = 0; s <= t; s++) {
      for (int i = 0; i < size; i++) {
        scores[s] += q[queryFrom + i] * k[s][keyFrom + i];
      }
      scores[s] /= Math.sqrt(size);
    }
    double max = Arrays.stream(scores).max().orElseThrow();
    double sum = Arrays.stream(scores).map(z -> Math.exp(z - max)).sum();
    for (int s = 0; s <= t; s++) {
      double share = Math.exp(scores[s] - max) / sum;
      for (int i = 0; i < size; i++) {
        out[queryFrom + i] += share * v[s][keyFrom + i];
      }
    }
  }

  private double[] rotated(double[] heads, int position) {
    int size = config.headDim();
    int half = size / 2;
    double[] result = new double[heads.length];
    for (int from = 0; from < heads.length; from += size) {
      for (int i = 0; i < half; i++) {
        double angle = position / Math.pow(config.ropeTheta(), 2.0 * i / size);
        double low = heads[from + i];
        double high = heads[from + half + i];
        result[from + i] = low * Math.cos(angle) - high * Math.sin(angle);
        result[from + half + i] = high * Math.cos(angle) + low * Math.sin(angle);
      }
    }
    return result;
  }

  private double[] norm(double[] x, String name) {
    double square = Arrays.stream(x).map(value -> value * value).sum() / x.length;
    double scale = 1 / Math.sqrt(square + config.rmsNormEps());
    double[] weight = weights.get(name);
    double[] result = new double[x.length];
    Arrays.setAll(result, i -> x[i] * scale * weight[i]);
    return result;
  }

  private double[] times(String name, double[] x) {
    double[] matrix = weights.get(name);
    double[] result = new double[matrix.length / x.length];
    for (int row = 0; row < result.length; row++) {
      for (int i = 0; i < x.length; i++) {
        result[row] += matrix[row * x.length + i] * x[i];
      }
    }
    return result;
  }

  private static void add(double[] to, double[] values) {
    for (int i = 0; i < to.length; i++) {
      to[i] += values[i];
    }
  }
}
