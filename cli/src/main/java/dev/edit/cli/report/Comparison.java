package dev.edit.cli.report;

import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Problem;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.statistics.Holm;
import dev.edit.statistics.McNemar;
import dev.edit.statistics.PairedBootstrap;
import dev.edit.statistics.Spread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Recipes against each other, benchmark by benchmark.
 *
 * @param benchmarks the columns: in-domain first, then by name
 * @param rows one a recipe
 * @param tests every pair of recipes on every benchmark
 * @param seeds training seeds of each recipe
 */
public record Comparison(
    List<Benchmark> benchmarks, List<Row> rows, List<PairTest> tests, int seeds) {
  private static final double LEVEL = 0.05;

  /** A benchmark and how many problems it has. */
  public record Benchmark(String name, Problem.Domain domain, int n) {}

  /** A recipe's figures, one a benchmark. */
  public record Row(Recipe recipe, List<Cell> cells) {}

  /**
   * A recipe on a benchmark.
   *
   * @param accuracy over the training seeds, in [0, 1]
   * @param stderr of a single run's accuracy over its problems, in [0, 1]; the mean over the seeds
   * @param n problems
   */
  public record Cell(Spread accuracy, double stderr, int n) {}

  /**
   * McNemar's exact test of two recipes on a benchmark.
   *
   * @param first the recipe that the difference speaks for when positive
   * @param second the other
   * @param benchmark the benchmark's name
   * @param interval accuracy of the first minus that of the second, mean over the seeds, with its
   *     95 % interval (paired bootstrap over the problems)
   * @param mcNemar the discordant problems, pooled over the seeds
   * @param pValue two-sided
   * @param adjusted after Holm, over all tests of the comparison
   */
  public record PairTest(
      Recipe first,
      Recipe second,
      String benchmark,
      PairedBootstrap interval,
      McNemar mcNemar,
      double pValue,
      double adjusted) {
    /** Accuracy of the first minus that of the second, mean over the seeds, in [-1, 1]. */
    public double difference() {
      return interval.difference();
    }

    /** Whether the difference is significant at 5 % over all tests. */
    public boolean significant() {
      return adjusted < LEVEL;
    }
  }

  /**
   * Compares runs. Outcomes are paired by training seed; every run of a recipe must have been
   * evaluated on every benchmark.
   *
   * @throws IllegalArgumentException if two evaluations of a benchmark cover different problems
   */
  public static Comparison of(Collection<RunResult> runs) {
    List<Evaluation> evaluations = runs.stream().flatMap(r -> r.evaluations().stream()).toList();
    List<Benchmark> benchmarks = benchmarks(evaluations);
    List<Recipe> recipes = runs.stream().map(RunResult::recipe).distinct().sorted().toList();
    List<Row> rows =
        recipes.stream()
            .map(
                recipe ->
                    new Row(
                        recipe,
                        benchmarks.stream().map(b -> cell(evaluations, recipe, b.name())).toList()))
            .toList();
    int seeds = (int) runs.stream().map(RunResult::seed).distinct().count();
    return new Comparison(benchmarks, rows, tests(evaluations, recipes, benchmarks), seeds);
  }

  private static List<Benchmark> benchmarks(List<Evaluation> evaluations) {
    return evaluations.stream()
        .map(e -> new Benchmark(e.label(), e.domain(), e.overall().n()))
        .distinct()
        .sorted(Comparator.comparing(Benchmark::domain).thenComparing(Benchmark::name))
        .toList();
  }

  private static Cell cell(List<Evaluation> evaluations, Recipe recipe, String benchmark) {
    List<Evaluation> of = of(evaluations, recipe, benchmark);
    List<Double> accuracies = of.stream().map(e -> e.overall().accuracy()).toList();
    double stderr = of.stream().mapToDouble(e -> e.overall().stderr()).average().orElse(0);
    return new Cell(Spread.of(accuracies), stderr, of.get(0).overall().n());
  }

  private static List<PairTest> tests(
      List<Evaluation> evaluations, List<Recipe> recipes, List<Benchmark> benchmarks) {
    List<PairTest> raw = new ArrayList<>();
    for (List<Recipe> pair : pairs(recipes)) {
      for (Benchmark benchmark : benchmarks) {
        raw.add(test(evaluations, pair.get(0), pair.get(1), benchmark.name()));
      }
    }
    double[] adjusted = Holm.adjust(raw.stream().mapToDouble(PairTest::pValue).toArray());
    List<PairTest> tests = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      PairTest t = raw.get(i);
      tests.add(
          new PairTest(
              t.first, t.second, t.benchmark, t.interval, t.mcNemar, t.pValue, adjusted[i]));
    }
    return List.copyOf(tests);
  }

  /**
   * What is tested: does EDIT beat each of the others, does each of the others beat Std-CoT? Not
   * every pair: the more questions, the less each answer says.
   */
  private static List<List<Recipe>> pairs(List<Recipe> recipes) {
    List<List<Recipe>> pairs = new ArrayList<>();
    recipes.stream()
        .filter(second -> recipes.contains(Recipe.EDIT) && second != Recipe.EDIT)
        .forEach(second -> pairs.add(List.of(Recipe.EDIT, second)));
    recipes.stream()
        .filter(first -> first != Recipe.EDIT && first != Recipe.STD_COT)
        .filter(first -> recipes.contains(Recipe.STD_COT))
        .forEach(first -> pairs.add(List.of(first, Recipe.STD_COT)));
    return pairs;
  }

  private static PairTest test(
      List<Evaluation> evaluations, Recipe first, Recipe second, String benchmark) {
    McNemar pooled = new McNemar(0, 0);
    List<String> outcomes = new ArrayList<>();
    List<String> others = new ArrayList<>();
    List<Evaluation> firsts = of(evaluations, first, benchmark);
    for (Evaluation one : firsts) {
      Evaluation other =
          partner(of(evaluations, second, benchmark), one)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "%s: expected a run of %s with seed %d over the same problems"
                              .formatted(benchmark, second.recipeName(), one.seed())));
      pooled = pooled.plus(McNemar.of(one.outcomes(), other.outcomes()));
      outcomes.add(one.outcomes());
      others.add(other.outcomes());
    }
    double pValue = pooled.pValue();
    return new PairTest(
        first, second, benchmark, PairedBootstrap.of(outcomes, others), pooled, pValue, pValue);
  }

  private static Optional<Evaluation> partner(List<Evaluation> among, Evaluation one) {
    return among.stream()
        .filter(e -> e.seed() == one.seed())
        .filter(e -> e.problemsSha256().equals(one.problemsSha256()))
        .findFirst();
  }

  private static List<Evaluation> of(
      List<Evaluation> evaluations, Recipe recipe, String benchmark) {
    return evaluations.stream()
        .filter(e -> e.recipe() == recipe && e.label().equals(benchmark))
        .sorted(Comparator.comparingLong(Evaluation::seed))
        .toList();
  }
}
