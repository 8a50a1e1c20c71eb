package dev.edit.cli;

import dev.edit.cli.runs.RunJson;
import dev.edit.cli.runs.RunLines;
import dev.edit.cli.runs.RunTopics;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code edit run list}. */
@Command(name = "list", description = "Shows every run in a line.", sortOptions = false)
final class RunListCommand implements Callable<Integer> {
  @Mixin private KafkaOption kafka;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    try (RunTopics topics = new RunTopics(kafka.bootstrapServers())) {
      topics.catchUp();
      json.print(RunJson.of(topics.all()), out -> tell(topics, out));
      return 0;
    }
  }

  private static void tell(RunTopics topics, PrintStream out) {
    out.println(RunLines.head());
    topics.all().forEach(story -> out.println(RunLines.row(story)));
    if (topics.unreadable() > 0) {
      out.println(topics.unreadable() + " unreadable records passed over");
    }
  }
}
