package dev.edit.student.objective;

import dev.edit.student.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The two objectives of the method as weighted batches; see {@link TokenBatch} for the loss that
 * the weights make.
 */
public final class Objectives {
  private Objectives() {}

  /**
   * Supervised fine-tuning: mean negative log-likelihood over all response tokens of the batch
   * (method section 4, stage 1).
   */
  public static TokenBatch sft(List<Example> examples) {
    int responseTokens = examples.stream().mapToInt(example -> example.response().length).sum();
    List<int[]> tokens = new ArrayList<>();
    List<double[]> weights = new ArrayList<>();
    for (Example example : examples) {
      int[] row = example.tokens();
      double[] weight = new double[row.length];
      Arrays.fill(weight, example.prompt().length, row.length, 1.0 / responseTokens);
      tokens.add(row);
      weights.add(weight);
    }
    return TokenBatch.of(tokens, weights);
  }

  /**
   * Key reasoning step learning (method section 4, stage 2): the mean over pairs of
   *
   * <pre>sum_t w+(t) * -log p(right t) / |right|  -  sum_t w-(t) * -log p(wrong t) / |wrong|</pre>
   *
   * with w+ = alpha on key tokens and gamma on the others, w- = beta on key tokens and 0 on the
   * others. |right| and |wrong| count every response token, key or not, the end of the text
   * included. Both sides share one forward pass: rows are right, wrong, right, wrong, in the order
   * of the pairs.
   *
   * @throws IllegalArgumentException when no token of the batch has a weight
   */
  public static TokenBatch krsl(List<KeyedPair> pairs, KrslSettings settings) {
    List<int[]> tokens = new ArrayList<>();
    List<double[]> weights = new ArrayList<>();
    for (KeyedPair pair : pairs) {
      double share = 1.0 / pairs.size();
      tokens.add(pair.right().tokens());
      weights.add(
          weights(
              pair.right(), pair.rightKey(), share * settings.alpha(), share * settings.gamma()));
      tokens.add(pair.wrong().tokens());
      weights.add(weights(pair.wrong(), pair.wrongKey(), -share * settings.beta(), 0));
    }
    return new TokenBatch(tokens, weights, settings.nllCeiling());
  }

  private static double[] weights(
      Example side, boolean[] key, double keyWeight, double otherWeight) {
    int prompt = side.prompt().length;
    double[] weights = new double[prompt + key.length];
    for (int t = 0; t < key.length; t++) {
      weights[prompt + t] = (key[t] ? keyWeight : otherWeight) / key.length;
    }
    return weights;
  }
}
