package dev.edit.cli;

import dev.edit.cli.runs.RunJson;
import dev.edit.cli.runs.RunLines;
import dev.edit.cli.runs.RunStory;
import dev.edit.cli.runs.RunTopics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code edit run show}. */
@Command(name = "show", description = "Shows all that is known of a run.", sortOptions = false)
final class RunShowCommand implements Callable<Integer> {
  @Mixin private RunOption option;

  @Override
  public Integer call() {
    try (RunTopics topics = new RunTopics(option.bootstrapServers())) {
      RunStory story = option.find(topics);
      option.json().print(RunJson.of(story), out -> RunLines.details(story).forEach(out::println));
      return 0;
    }
  }
}
