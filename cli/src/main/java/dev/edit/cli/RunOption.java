package dev.edit.cli;

import dev.edit.cli.pipeline.RecordPublisher;
import dev.edit.cli.runs.RunStory;
import dev.edit.cli.runs.RunTopics;
import dev.edit.contracts.Require;
import dev.edit.contracts.Run;
import dev.edit.contracts.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A verb about one run. */
final class RunOption {
  @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
  private String run;

  @Mixin private KafkaOption kafka;

  @Mixin private JsonOption json;

  String run() {
    return Require.name("run", run);
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  JsonOption json() {
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

  /**
   * Publishes what is wanted of the run from now on and prints it.
   *
   * @param order makes the new record from what is known
   * @param told for people, with places for the run and the attempt
   * @throws CommandFailure where nothing is known of the run, or the order makes no sense now
   */
  void order(Function<RunStory, Run> order, String told) throws InterruptedException {
    try (RunTopics topics = new RunTopics(bootstrapServers());
        RecordPublisher publisher = new RecordPublisher(bootstrapServers())) {
      Run ordered = order.apply(find(topics));
      publisher.publish(Topics.RUNS, Run.class, List.of(ordered));
      Map<String, Object> summary = new LinkedHashMap<>();
      summary.put("run", ordered.id());
      summary.put("epoch", ordered.epoch());
      summary.put("desired", ordered.order().desired().name());
      json.print(summary, out -> out.println(told.formatted(ordered.id(), ordered.epoch())));
    }
  }
}
