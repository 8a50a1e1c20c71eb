package dev.edit.cli.report;

import dev.edit.contracts.Evaluation;
import dev.edit.contracts.recipe.Recipe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Accuracy task by task, because a task with two possible answers is half guessing.
 *
 * @param recipes the columns
 * @param rows one for each benchmark and task
 */
public record TaskTable(List<String> recipes, List<Row> rows) {
  /**
   * A task.
   *
   * @param benchmark the benchmark's name
   * @param task the task's name
   * @param n its problems
   * @param cells accuracy in percent, mean over the seeds, one a recipe
   */
  public record Row(String benchmark, String task, int n, List<String> cells) {}

  /** The table of some runs. */
  public static TaskTable of(Collection<RunResult> runs) {
    List<Recipe> recipes = runs.stream().map(RunResult::recipe).distinct().sorted().toList();
    List<Evaluation> all = runs.stream().flatMap(run -> run.evaluations().stream()).toList();
    List<String> benchmarks = all.stream().map(Evaluation::label).distinct().toList();
    List<Row> rows = new ArrayList<>();
    for (String benchmark : benchmarks) {
      List<Evaluation> of = all.stream().filter(e -> e.label().equals(benchmark)).toList();
      TreeSet<String> tasks = new TreeSet<>();
      of.forEach(evaluation -> tasks.addAll(evaluation.tasks().keySet()));
      for (String task : tasks) {
        int n = of.get(0).tasks().get(task).n();
        rows.add(
            new Row(
                benchmark,
                task,
                n,
                recipes.stream().map(recipe -> mean(of, recipe, task)).toList()));
      }
    }
    return new TaskTable(recipes.stream().map(Recipe::recipeName).toList(), rows);
  }

  private static String mean(List<Evaluation> evaluations, Recipe recipe, String task) {
    return Figures.percent(
        evaluations.stream()
            .filter(e -> e.recipe() == recipe)
            .mapToDouble(e -> e.tasks().get(task).accuracy())
            .average()
            .orElse(0));
  }
}
