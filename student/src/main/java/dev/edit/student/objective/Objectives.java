package dev.edit.student.objective;

import dev.edit.student.PreferenceBatch;
import dev.edit.student.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The objectives of the method and of what it is compared with, as batches; see {@link TokenBatch}
 * and {@link PreferenceBatch} for the loss that their weights make. Every objective is normalised
 * over the whole batch: split it afterwards, not before.
 */
public final class Objectives {
  private Objectives() {}

  /**
   * Supervised fine-tuning: mean negative log-likelihood over all response tokens of the batch, so
   * that every token weighs the same, whatever the length of its response (method section 4, stage
   * 1).
   */
  public static TokenBatch sft(List<Example> examples) {
    return multiTask(List.of(new WeightedTask(1, examples)));
  }

  /**
   * Several tasks at once: the sum over tasks of weight times {@link #sft} of the task's examples.
   * Rows are in the order of the tasks.
   */
  public static TokenBatch multiTask(List<WeightedTask> tasks) {
    List<int[]> tokens = new ArrayList<>();
    List<double[]> weights = new ArrayList<>();
    for (WeightedTask task : tasks) {
      int responseTokens =
          task.examples().stream().mapToInt(example -> example.response().length).sum();
      for (Example example : task.examples()) {
        tokens.add(example.tokens());
        weights.add(responseWeights(example, task.weight() / responseTokens));
      }
    }
    return TokenBatch.of(tokens, weights);
  }

  /**
   * Direct preference optimisation: the mean over pairs of
   *
   * <pre>-log sigmoid(beta * (log p(right) - ref(right) - log p(wrong) + ref(wrong)))</pre>
   *
   * with log p and ref the sums over a response's tokens under the student and the reference. Rows
   * are right, wrong, right, wrong, in the order of the pairs.
   */
  public static PreferenceBatch dpo(List<PreferencePair> pairs, double beta) {
    List<int[]> tokens = new ArrayList<>();
    List<double[]> weights = new ArrayList<>();
    List<Double> references = new ArrayList<>();
    for (PreferencePair pair : pairs) {
      tokens.add(pair.right().tokens());
      weights.add(responseWeights(pair.right(), 1));
      tokens.add(pair.wrong().tokens());
      weights.add(responseWeights(pair.wrong(), -1));
      references.add(pair.rightReference() - pair.wrongReference());
    }
    return new PreferenceBatch(tokens, weights, references, beta, 1.0 / pairs.size());
  }

  private static double[] responseWeights(Example example, double weight) {
    double[] weights = new double[example.prompt().length + example.response().length];
    Arrays.fill(weights, example.prompt().length, weights.length, weight);
    return weights;
  }

  /**
   * Key reasoning step learning (method section 4, stage 2): the mean over pairs of
   *
   * <pre>sum_t w+(t) * -log p(right t) / |right|  -  sum_t w-(t) * -log p(wrong t) / |wrong|</pre>
   *
   * with w+ = alpha on key tokens and gamma on the others, w- = beta on key tokens and 0 on the
   * others. |right| and |wrong| count every response token, key or not, the end of the text
   * included; {@link Normalisation} names what else they may count. Both sides share one forward
   * pass: rows are right, wrong, right, wrong, in the order of the pairs.
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
              pair.right(),
              pair.rightKey(),
              share * settings.alpha(),
              share * settings.gamma(),
              settings.normalisation()));
      tokens.add(pair.wrong().tokens());
      weights.add(
          weights(
              pair.wrong(),
              pair.wrongKey(),
              -share * settings.beta(),
              0,
              settings.normalisation()));
    }
    return new TokenBatch(tokens, weights, settings.nllCeiling());
  }

  private static double[] weights(
      Example side,
      boolean[] key,
      double keyWeight,
      double otherWeight,
      Normalisation normalisation) {
    double divisor = normalisation.divisor(key);
    int prompt = side.prompt().length;
    double[] weights = new double[prompt + key.length];
    for (int t = 0; t < key.length; t++) {
      weights[prompt + t] = (key[t] ? keyWeight : otherWeight) / divisor;
    }
    return weights;
  }
}
