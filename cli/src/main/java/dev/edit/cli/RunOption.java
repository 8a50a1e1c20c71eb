package dev.edit.cli;

import dev.edit.cli.runs.RunStory;
import dev.edit.cli.runs.RunTopics;
import dev.edit.contracts.Require;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A verb about one run. */
final class RunOption {
  @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
  private String run;

  @Mixin private KafkaOption kafka;

  @Option(names = "--json", description = "Prints one JSON object as the last line.")
  private boolean json;

  String run() {
    return Require.name("run", run);
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  boolean json() {
    return json;
  }

  /**
   * What is known of the run now.
   *
   * @throws CommandFailure where nothing is
   */
  RunStory find(RunTopics topics) {
    topics.catchUp();
    return topics
        .find(run())
        .orElseThrow(() -> new CommandFailure("there is no run " + run + "; see edit run list"));
  }
}
