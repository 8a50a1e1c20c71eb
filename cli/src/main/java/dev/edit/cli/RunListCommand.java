package dev.edit.cli;

import dev.edit.cli.runs.RunJson;
import dev.edit.cli.runs.RunLines;
import dev.edit.cli.runs.RunTopics;
import dev.edit.cli.terminal.Screen;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edit run list}. */
@Command(name = "list", description = "Shows every run in a line.", sortOptions = false)
final class RunListCommand implements Callable<Integer> {
  @Mixin private KafkaOption kafka;

  @Option(names = "--json", description = "Prints one JSON object as the last line.")
  private boolean json;

  @Override
  public Integer call() {
    PrintStream out = Screen.standard().out();
    try (RunTopics topics = new RunTopics(kafka.bootstrapServers())) {
      topics.catchUp();
      if (json) {
        out.println(RunJson.of(topics.all()));
        return 0;
      }
      out.println(RunLines.head());
      topics.all().forEach(story -> out.println(RunLines.row(story)));
      if (topics.unreadable() > 0) {
        out.println(topics.unreadable() + " unreadable records passed over");
      }
      return 0;
    }
  }
}
