package dev.edit.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.cli.pipeline.RecordPublisher;
import dev.edit.cli.runs.RunOrders;
import dev.edit.cli.runs.RunTopics;
import dev.edit.cli.terminal.Screen;
import dev.edit.contracts.Run;
import dev.edit.contracts.Topics;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code edit run cancel}. */
@Command(
    name = "cancel",
    description = {
      "Ends a run.",
      "Its worker is ended and the run is told to be cancelled; what it has saved stays, and"
          + " edit run retry goes on from there."
    },
    sortOptions = false)
final class RunCancelCommand implements Callable<Integer> {
  @Mixin private RunOption option;

  @Override
  public Integer call() throws Exception {
    try (RunTopics topics = new RunTopics(option.bootstrapServers());
        RecordPublisher publisher = new RecordPublisher(option.bootstrapServers())) {
      Run run = RunOrders.cancel(option.find(topics));
      publisher.publish(Topics.RUNS, Run.class, List.of(run));
      String summary =
          new ObjectMapper()
              .createObjectNode()
              .put("run", run.id())
              .put("epoch", run.epoch())
              .put("desired", run.order().desired().name())
              .toString();
      Screen.standard()
          .out()
          .println(
              option.json()
                  ? summary
                  : "run %s: attempt %d is asked to end".formatted(run.id(), run.epoch()));
      return 0;
    }
  }
}
