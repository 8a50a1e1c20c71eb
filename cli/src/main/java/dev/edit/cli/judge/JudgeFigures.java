package dev.edit.cli.judge;

import dev.edit.cli.judge.Judge.Judged;
import dev.edit.cli.judge.Verdict.None;
import dev.edit.cli.judge.Verdict.Reason;
import dev.edit.cli.judge.Verdict.Scored;
import dev.edit.statistics.MeanInterval;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What many verdicts come to.
 *
 * @param problems that were judged
 * @param scored those that got scores, the n of every mean
 * @param without those that got none, by reason
 * @param students mean score by the student's name; empty where nothing was scored
 * @param differences for each two students, the first one's score minus the second one's
 */
public record JudgeFigures(
    int problems,
    int scored,
    Map<Reason, Integer> without,
    Map<String, MeanInterval> students,
    List<Difference> differences) {

  /** Two students over the same problems, judged in the same replies. */
  public record Difference(String first, String second, MeanInterval interval) {}

  /** The figures of all that was judged. */
  public static JudgeFigures of(List<Judged> judged) {
    Map<Reason, Integer> without = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      without.put(reason, 0);
    }
    Map<String, List<Integer>> scores = new TreeMap<>();
    int scored = 0;
    for (Judged one : judged) {
      if (one.verdict() instanceof Scored s) {
        scored++;
        s.scores()
            .forEach((name, n) -> scores.computeIfAbsent(name, x -> new ArrayList<>()).add(n));
      } else if (one.verdict() instanceof None none) {
        without.merge(none.reason(), 1, Integer::sum);
      }
    }
    Map<String, MeanInterval> means = new TreeMap<>();
    scores.forEach((name, of) -> means.put(name, MeanInterval.of(doubles(of))));
    return new JudgeFigures(judged.size(), scored, without, means, differences(scores));
  }

  private static List<Difference> differences(Map<String, List<Integer>> scores) {
    List<String> names = List.copyOf(scores.keySet());
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        double[] first = doubles(scores.get(names.get(i)));
        double[] second = doubles(scores.get(names.get(j)));
        double[] paired = new double[first.length];
        for (int k = 0; k < paired.length; k++) {
          paired[k] = first[k] - second[k];
        }
        differences.add(new Difference(names.get(i), names.get(j), MeanInterval.of(paired)));
      }
    }
    return differences;
  }

  private static double[] doubles(List<Integer> values) {
    return values.stream().mapToDouble(Integer::doubleValue).toArray();
  }
}
