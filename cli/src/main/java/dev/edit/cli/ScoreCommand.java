package dev.edit.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.cli.model.OpenStudent;
import dev.edit.cli.model.ScoredFile;
import dev.edit.cli.terminal.Screen;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edit score}. */
@Command(
    name = "score",
    description = {
      "Gives the log-probability of every token under a student.",
      "Each line of the input is {\"tokens\": [ids]}, {\"text\"}, {\"prompt\", \"response\"} or"
          + " {\"question\", \"response\"}, optionally with \"id\"; each line of the output"
          + " {\"tokens\", \"log_probabilities\" (null first, then nats), \"total\"}."
    },
    sortOptions = false)
final class ScoreCommand implements Callable<Integer> {
  @Mixin private StudentOptions options;

  @Option(names = "--json", description = "Prints one JSON object as the last line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PrintStream out = Screen.standard().out();
    try (OpenStudent student = options.open()) {
      ScoredFile scored = ScoredFile.write(student, options.input(), options.output());
      if (json) {
        out.println(new ObjectMapper().writeValueAsString(scored));
      } else {
        out.printf(
            Locale.ROOT,
            "%d lines, %d tokens, log-probability %.4f: %s%n",
            scored.lines(),
            scored.tokens(),
            scored.total(),
            options.output());
      }
    }
    return 0;
  }
}
