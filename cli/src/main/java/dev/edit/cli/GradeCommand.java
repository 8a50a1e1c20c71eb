package dev.edit.cli;

import dev.edit.cli.grading.GradedFile;
import dev.edit.contracts.Evaluation.Score;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edit grade}. */
@Command(
    name = "grade",
    description = {
      "Grades chains of thought.",
      "Each line of the input is {\"question\", \"target\", \"cot\"}, optionally with \"task\"."
          + " The answer is extracted and compared as the generator and the evaluator do it."
    },
    sortOptions = false)
final class GradeCommand implements Callable<Integer> {
  @Option(
      names = "--input",
      paramLabel = "F",
      required = true,
      description = "A file of JSON lines, or a folder of *.jsonl files, one a task.")
  private Path input;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    GradedFile graded = GradedFile.read(input);
    json.print(figures(graded), out -> tell(graded, out));
    return 0;
  }

  private static void tell(GradedFile graded, PrintStream out) {
    graded.tasks().forEach((task, score) -> out.println(line(task, score)));
    out.println(line("overall", graded.overall()));
  }

  private static String line(String name, Score score) {
    return String.format(
        Locale.ROOT,
        "%-50s %6.2f %% ± %.2f  n=%d, unanswered %d",
        name,
        100 * score.accuracy(),
        100 * score.stderr(),
        score.n(),
        score.unanswered());
  }

  private static Map<String, Object> figures(GradedFile graded) {
    Map<String, Object> figures = figures(graded.overall());
    Map<String, Object> tasks = new LinkedHashMap<>();
    graded.tasks().forEach((task, score) -> tasks.put(task, figures(score)));
    figures.put("tasks", tasks);
    return figures;
  }

  private static Map<String, Object> figures(Score score) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("accuracy", score.accuracy());
    figures.put("n", score.n());
    figures.put("unanswered", score.unanswered());
    return figures;
  }
}
