package dev.edit.cli;

import dev.edit.cli.model.OpenStudent;
import dev.edit.cli.model.ScoredFile;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    try (OpenStudent student = options.open()) {
      ScoredFile scored = ScoredFile.write(student, options.input(), options.output());
      json.print(
          scored,
          out ->
              out.printf(
                  Locale.ROOT,
                  "%d lines, %d tokens, log-probability %.4f: %s%n",
                  scored.lines(),
                  scored.tokens(),
                  scored.total(),
                  options.output()));
    }
    return 0;
  }
}
