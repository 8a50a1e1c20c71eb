package dev.edit.evaluator.domain;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Evaluation.Score;
import dev.edit.contracts.KeyStepFigures;
import dev.edit.contracts.KeyStepFigures.Mean;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How likely a student finds the key tokens of dual chains of thought that it was not trained on. A
 * pair is preferred where its right key tokens have the higher mean log-probability, each given the
 * prompt and all tokens of its side before it.
 *
 * @param pairs what was looked at, in the order of the problems' ids
 * @param withoutKeys pairs left out because a side has no key token, or because there is no prompt
 * @param tooLong pairs left out because a side is longer than the student can read
 */
public record KeyStepExamination(List<Pair> pairs, int withoutKeys, int tooLong) {

  public KeyStepExamination {
    pairs = List.copyOf(pairs);
  }

  /**
   * A pair.
   *
   * @param record the pair
   * @param right mean log-probability of the right side's key tokens, in nats
   * @param wrong the same of the wrong side
   */
  public record Pair(KeySteps record, double right, double wrong) {
    double margin() {
      return right - wrong;
    }

    boolean preferred() {
      return margin() > 0;
    }
  }

  /** Scores all pairs, which must be in the order of the problems' ids. */
  public static KeyStepExamination hold(List<KeySteps> duals, TokenScorer scorer) {
    List<KeySteps> taken = new ArrayList<>();
    List<int[]> rows = new ArrayList<>();
    int withoutKeys = 0;
    int tooLong = 0;
    for (KeySteps dual : duals) {
      int[] right = row(dual, dual.right());
      int[] wrong = row(dual, dual.wrong());
      if (!hasKeys(dual)) {
        withoutKeys++;
      } else if (Math.max(right.length, wrong.length) > scorer.longest()) {
        tooLong++;
      } else {
        taken.add(dual);
        rows.add(right);
        rows.add(wrong);
      }
    }
    double[][] scores = scorer.logProbabilities(rows);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < taken.size(); i++) {
      KeySteps dual = taken.get(i);
      int prompt = dual.promptIds().length;
      pairs.add(
          new Pair(
              dual,
              mean(scores[2 * i], prompt, dual.right()),
              mean(scores[2 * i + 1], prompt, dual.wrong())));
    }
    return new KeyStepExamination(pairs, withoutKeys, tooLong);
  }

  /** Without a prompt nothing would predict the first token. */
  private static boolean hasKeys(KeySteps dual) {
    return dual.promptIds().length > 0
        && dual.right().keyCount() > 0
        && dual.wrong().keyCount() > 0;
  }

  private static int[] row(KeySteps dual, KeySteps.Side side) {
    int[] prompt = dual.promptIds();
    int[] row = new int[prompt.length + side.ids().length];
    System.arraycopy(prompt, 0, row, 0, prompt.length);
    System.arraycopy(side.ids(), 0, row, prompt.length, side.ids().length);
    return row;
  }

  private static double mean(double[] scores, int prompt, KeySteps.Side side) {
    double sum = 0;
    for (int[] span : side.keyTokens()) {
      for (int t = span[0]; t < span[1]; t++) {
        sum += scores[prompt + t];
      }
    }
    return sum / side.keyCount();
  }

  /**
   * The figures; empty where no pair was left to look at.
   *
   * @param share that was held out
   * @param settings are told besides
   */
  public Optional<Evaluation> evaluation(
      Checkpoint checkpoint, double share, Map<String, String> settings) {
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<Pair>> tasks = new TreeMap<>();
    pairs.forEach(
        pair ->
            tasks
                .computeIfAbsent(pair.record().problem().task(), task -> new ArrayList<>())
                .add(pair));
    Map<String, Score> scores = new TreeMap<>();
    tasks.forEach((task, ofTask) -> scores.put(task, score(ofTask)));
    StringBuilder outcomes = new StringBuilder();
    pairs.forEach(pair -> outcomes.append(pair.preferred() ? '1' : '0'));
    Map<String, String> config = new TreeMap<>(settings);
    config.put("metric", "preference");
    config.put("heldOutDuals", Double.toString(share));
    config.put("withoutKeys", Integer.toString(withoutKeys));
    config.put("tooLong", Integer.toString(tooLong));
    return Optional.of(
        new Evaluation(
            checkpoint.run(),
            checkpoint.recipe(),
            checkpoint.seed(),
            checkpoint.sha256(),
            Evaluation.HELD_OUT_DUALS,
            Problem.Domain.IN,
            score(pairs),
            scores,
            outcomes.toString(),
            digest(),
            config,
            figures()));
  }

  private KeyStepFigures figures() {
    return new KeyStepFigures(
        Mean.of(pairs.stream().mapToDouble(Pair::right).toArray()),
        Mean.of(pairs.stream().mapToDouble(Pair::wrong).toArray()),
        Mean.of(pairs.stream().mapToDouble(Pair::margin).toArray()));
  }

  private static Score score(List<Pair> pairs) {
    return Score.of((int) pairs.stream().filter(Pair::preferred).count(), pairs.size(), 0);
  }

  private String digest() {
    RecordCodec<KeySteps> codec = RecordCodec.of(KeySteps.class);
    Sha256 digest = new Sha256();
    pairs.forEach(pair -> digest.add(codec.encode(pair.record())));
    return digest.hex();
  }
}
