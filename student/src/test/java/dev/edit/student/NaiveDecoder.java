package dev.edit.student;

import dev.edit.student.files.TensorData;
import dev.edit.student.lora.LoraAdapter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The decoder once more, in double precision and plain loops, one row at a time, without cache or
 * batching; the formulas of scaled rotary frequencies are written in another form than the
 * decoder's.
 */
final class NaiveDecoder {
  private final StudentConfig config;
  private final Map<String, double[]> weights = new HashMap<>();
  private final double adapterScale;

  NaiveDecoder(StudentConfig config, Map<String, TensorData> weights) {
    this(config, weights, Map.of(), 0);
  }

  NaiveDecoder(StudentConfig config, Map<String, TensorData> weights, LoraAdapter adapter) {
    this(config, weights, adapter.tensors(), adapter.settings().scale());
  }

  private NaiveDecoder(
      StudentConfig config,
      Map<String, TensorData> weights,
      Map<String, TensorData> adapter,
      double adapterScale) {
    this.config = config;
    this.adapterScale = adapterScale;
    weights.forEach(this::put);
    adapter.forEach(this::put);
  }

  private void put(String name, TensorData tensor) {
    double[] values = new double[tensor.values().length];
    Arrays.setAll(values, i -> tensor.values()[i]);
    weights.put(name, values);
  }

  /** The values of a weight or of an adapter's tensor, to be read or changed. */
  double[] weight(String name) {
    return weights.get(name);
  }

  /** Logits [tokens][vocabulary] after every token. */
  double[][] logits(int[] row) {
    return logits(row, row.length);
  }

  /**
   * The same with the rotations that a cache keeps: the first {@code prompt} tokens came at once,
   * the others one by one. Only dynamic scaling can tell the difference.
   */
  double[][] logits(int[] row, int prompt) {
    double[][] x = new double[row.length][];
    for (int t = 0; t < row.length; t++) {
      int from = row[t] * config.hiddenSize();
      x[t] =
          Arrays.copyOfRange(
              weights.get("model.embed_tokens.weight"), from, from + config.hiddenSize());
    }
    for (int layer = 0; layer < config.layers(); layer++) {
      layer(x, layer, prompt);
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

  /** The loss of any batch. */
  double loss(TrainingBatch batch) {
    return batch instanceof PreferenceBatch preferences
        ? loss(preferences)
        : loss((TokenBatch) batch);
  }

  private double loss(PreferenceBatch batch) {
    double loss = 0;
    for (int pair = 0; pair < batch.references().size(); pair++) {
      double margin = -batch.references().get(pair);
      for (int b = 2 * pair; b <= 2 * pair + 1; b++) {
        double[] logP = logProbabilities(batch.tokens().get(b));
        for (int t = 1; t < logP.length; t++) {
          margin += batch.weights().get(b)[t] * logP[t];
        }
      }
      loss += batch.share() * Math.log(1 + Math.exp(-batch.beta() * margin));
    }
    return loss;
  }

  private double loss(TokenBatch batch) {
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
      double[] last = logits(row, prompt.length)[row.length - 1];
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

  private void layer(double[][] x, int layer, int prompt) {
    String prefix = "model.layers." + layer + ".";
    int size = config.headDim();
    double[][] q = new double[x.length][];
    double[][] k = new double[x.length][];
    double[][] v = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double[] frequencies = frequencies(Math.max(prompt, t + 1));
      double[] h = norm(x[t], prefix + "input_layernorm.weight");
      q[t] = rotated(linear(prefix + "self_attn.q_proj", h), t, frequencies);
      k[t] = rotated(linear(prefix + "self_attn.k_proj", h), t, frequencies);
      v[t] = linear(prefix + "self_attn.v_proj", h);
    }
    int group = config.heads() / config.kvHeads();
    int window = config.attention().window(layer);
    for (int t = 0; t < x.length; t++) {
      int first = window == 0 ? 0 : Math.max(0, t - window + 1);
      double[] mixed = new double[config.heads() * size];
      for (int head = 0; head < config.heads(); head++) {
        int queryFrom = head * size;
        double[] query = Arrays.copyOfRange(q[t], queryFrom, queryFrom + size);
        double[] out = attend(query, k, v, first, t, head / group * size);
        System.arraycopy(out, 0, mixed, queryFrom, size);
      }
      add(x[t], linear(prefix + "self_attn.o_proj", mixed));
      double[] h = norm(x[t], prefix + "post_attention_layernorm.weight");
      double[] gate = linear(prefix + "mlp.gate_proj", h);
      double[] up = linear(prefix + "mlp.up_proj", h);
      for (int i = 0; i < gate.length; i++) {
        gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
      }
      add(x[t], linear(prefix + "mlp.down_proj", gate));
    }
  }

  private double[] attend(
      double[] q, double[][] k, double[][] v, int first, int last, int keyFrom) {
    double[] scores = new double[last + 1];
    for (int s = first; s <= last; s++) {
      for (int i = 0; i < q.length; i++) {
        scores[s] += q[i] * k[s][keyFrom + i];
      }
      scores[s] /= Math.sqrt(q.length);
    }
    double max = Arrays.stream(scores, first, last + 1).max().orElseThrow();
    double sum = Arrays.stream(scores, first, last + 1).map(z -> Math.exp(z - max)).sum();
    double[] out = new double[q.length];
    for (int s = first; s <= last; s++) {
      double share = Math.exp(scores[s] - max) / sum;
      for (int i = 0; i < q.length; i++) {
        out[i] += share * v[s][keyFrom + i];
      }
    }
    return out;
  }

  /** Rotary frequencies of a row of {@code length} tokens, scaled as the config says. */
  private double[] frequencies(int length) {
    RopeScaling scaling = config.rope().scaling();
    double size = config.headDim();
    double base = config.rope().theta();
    if (scaling instanceof RopeScaling.Dynamic dynamic) {
      double original = config.maxPositionEmbeddings();
      double reach = Math.max(length, original) / original;
      base *= Math.pow(dynamic.factor() * reach - dynamic.factor() + 1, size / (size - 2));
    }
    double[] frequencies = new double[config.headDim() / 2];
    for (int i = 0; i < frequencies.length; i++) {
      double frequency = Math.pow(base, -2.0 * i / size);
      if (scaling instanceof RopeScaling.Linear linear) {
        frequency /= linear.factor();
      }
      if (scaling instanceof RopeScaling.Llama3 llama3) {
        double turns = llama3.originalPositions() * frequency / (2 * Math.PI);
        double kept =
            (turns - llama3.lowFreqFactor()) / (llama3.highFreqFactor() - llama3.lowFreqFactor());
        kept = Math.max(0, Math.min(1, kept));
        frequency *= kept + (1 - kept) / llama3.factor();
      }
      frequencies[i] = frequency;
    }
    return frequencies;
  }

  private double[] rotated(double[] heads, int position, double[] frequencies) {
    int half = frequencies.length;
    double[] result = new double[heads.length];
    for (int i = 0; i < half; i++) {
      double cos = Math.cos(position * frequencies[i]);
      double sin = Math.sin(position * frequencies[i]);
      for (int from = 0; from < heads.length; from += 2 * half) {
        double low = heads[from + i];
        double high = heads[from + half + i];
        result[from + i] = low * cos - high * sin;
        result[from + half + i] = high * cos + low * sin;
      }
    }
    return result;
  }

  /** W x, with bias and adapter where there are any. */
  private double[] linear(String module, double[] x) {
    double[] result = times(module + ".weight", x);
    if (weights.containsKey(module + ".bias")) {
      add(result, weights.get(module + ".bias"));
    }
    if (weights.containsKey(module + ".lora_A.weight")) {
      double[] detour = times(module + ".lora_B.weight", times(module + ".lora_A.weight", x));
      Arrays.setAll(detour, i -> detour[i] * adapterScale);
      add(result, detour);
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
