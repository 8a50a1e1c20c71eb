package dev.edit.evaluator.domain.console;

import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Evaluation.Score;
import dev.edit.contracts.GroupMeans;
import dev.edit.contracts.Problem;
import dev.edit.statistics.Holm;
import dev.edit.statistics.McNemar;
import dev.edit.statistics.PairedBootstrap;
import dev.edit.statistics.WilsonInterval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs side by side, with what the number of problems allows to say. */
public final class RunComparison {
  private RunComparison() {}

  /**
   * A benchmark.
   *
   * @param name its name, with the way of decoding where that is not the greedy one
   * @param domain in- or out-of-domain
   */
  public record Benchmark(String name, Problem.Domain domain) {}

  /**
   * A run's figures.
   *
   * @param run the run
   * @param recipe its recipe's name
   * @param seed its seed
   * @param cells by benchmark
   */
  public record Row(String run, String recipe, long seed, Map<String, Cell> cells) {}

  /**
   * A run on a benchmark.
   *
   * @param accuracy each problem counting once (micro average), in [0, 1]
   * @param macro each task counting once (macro average), in [0, 1]
   * @param low lower bound of the 95 % interval (Wilson) of {@code accuracy}
   * @param high its upper bound
   * @param n problems
   * @param unanswered problems without an answer
   * @param truncated problems with a response that ended by length; null where it was not counted
   * @param tasks accuracy by task
   */
  public record Cell(
      double accuracy,
      double macro,
      double low,
      double high,
      int n,
      int unanswered,
      Integer truncated,
      Map<String, Score> tasks) {}

  /**
   * All runs on all benchmarks.
   *
   * @param benchmarks in-domain first, then by name
   * @param rows by recipe, then seed, then run
   */
  public record Table(List<Benchmark> benchmarks, List<Row> rows) {}

  /**
   * Two runs on a benchmark.
   *
   * @param benchmark the benchmark's name
   * @param n problems that both were asked
   * @param difference accuracy of the first minus that of the second
   * @param low lower bound of the 95 % interval (paired bootstrap)
   * @param high its upper bound
   * @param firstOnly problems that the first alone got right
   * @param secondOnly problems that the second alone got right
   * @param pValue McNemar's exact test, two-sided
   * @param adjusted after Holm, over the benchmarks of this answer
   */
  public record Difference(
      String benchmark,
      int n,
      double difference,
      double low,
      double high,
      int firstOnly,
      int secondOnly,
      double pValue,
      double adjusted) {
    private Difference withAdjusted(double value) {
      return new Difference(
          benchmark, n, difference, low, high, firstOnly, secondOnly, pValue, value);
    }
  }

  /** The table of some evaluations. */
  public static Table table(Collection<Evaluation> all) {
    List<Evaluation> evaluations = all.stream().filter(Evaluation::graded).toList();
    List<Benchmark> benchmarks =
        evaluations.stream()
            .map(e -> new Benchmark(e.label(), e.domain()))
            .distinct()
            .sorted(Comparator.comparing(Benchmark::domain).thenComparing(Benchmark::name))
            .toList();
    Map<String, Row> rows = new LinkedHashMap<>();
    for (Evaluation e : evaluations) {
      rows.computeIfAbsent(
              e.run(), run -> new Row(run, e.recipe().recipeName(), e.seed(), new TreeMap<>()))
          .cells()
          .put(e.label(), cell(e));
    }
    List<Row> sorted =
        rows.values().stream()
            .sorted(
                Comparator.comparing(Row::recipe)
                    .thenComparingLong(Row::seed)
                    .thenComparing(Row::run))
            .toList();
    return new Table(benchmarks, sorted);
  }

  private static Cell cell(Evaluation evaluation) {
    Score overall = evaluation.overall();
    int right = (int) evaluation.outcomes().chars().filter(outcome -> outcome == '1').count();
    WilsonInterval interval = WilsonInterval.of(right, overall.n());
    return new Cell(
        overall.accuracy(),
        GroupMeans.macro(evaluation),
        interval.low(),
        interval.high(),
        overall.n(),
        overall.unanswered(),
        overall.truncated(),
        new TreeMap<>(evaluation.tasks()));
  }

  /**
   * Compares two runs on every benchmark where both were asked the same problems; others are left
   * out.
   */
  public static List<Difference> differences(
      Collection<Evaluation> evaluations, String first, String second) {
    Map<String, Evaluation> others = new TreeMap<>();
    evaluations.stream().filter(e -> e.run().equals(second)).forEach(e -> others.put(e.label(), e));
    List<Difference> unadjusted = new ArrayList<>();
    for (Evaluation one : evaluations) {
      Evaluation other = others.get(one.label());
      if (one.graded() && one.run().equals(first) && comparable(one, other)) {
        unadjusted.add(difference(one, other));
      }
    }
    double[] adjusted = Holm.adjust(unadjusted.stream().mapToDouble(Difference::pValue).toArray());
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      differences.add(unadjusted.get(i).withAdjusted(adjusted[i]));
    }
    return differences;
  }

  private static boolean comparable(Evaluation one, Evaluation other) {
    return other != null
        && one.problemsSha256().equals(other.problemsSha256())
        && !one.outcomes().isEmpty();
  }

  private static Difference difference(Evaluation one, Evaluation other) {
    McNemar mcNemar = McNemar.of(one.outcomes(), other.outcomes());
    double pValue = mcNemar.pValue();
    PairedBootstrap interval = PairedBootstrap.of(one.outcomes(), other.outcomes());
    return new Difference(
        one.label(),
        one.outcomes().length(),
        interval.difference(),
        interval.low(),
        interval.high(),
        mcNemar.firstOnly(),
        mcNemar.secondOnly(),
        pValue,
        pValue);
  }
}
