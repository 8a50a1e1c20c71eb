package dev.edit.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.cli.grading.GradedFile;
import dev.edit.cli.terminal.Screen;
import dev.edit.contracts.Evaluation.Score;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--input",
      paramLabel = "F",
      required = true,
      description = "A file of JSON lines, or a folder of *.jsonl files, one a task.")
  private Path input;

  @Option(names = "--json", description = "Prints one JSON object as the last line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    GradedFile graded = GradedFile.read(input);
    PrintStream out = Screen.standard().out();
    if (json) {
      ObjectNode root = node(graded.overall());
      ObjectNode tasks = root.putObject("tasks");
      graded.tasks().forEach((task, score) -> tasks.set(task, node(score)));
      out.println(JSON.writeValueAsString(root));
      return 0;
    }
    for (Map.Entry<String, Score> task : graded.tasks().entrySet()) {
      out.println(line(task.getKey(), task.getValue()));
    }
    out.println(line("overall", graded.overall()));
    return 0;
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

  private static ObjectNode node(Score score) {
    return JSON.createObjectNode()
        .put("accuracy", score.accuracy())
        .put("n", score.n())
        .put("unanswered", score.unanswered());
  }
}
