package dev.edit.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.cli.pipeline.RecordPublisher;
import dev.edit.cli.quickstart.QuickstartSettings;
import dev.edit.cli.terminal.Screen;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Topics;
import dev.edit.families.ProblemSets;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code edit sample}. */
@Command(
    name = "sample",
    description = {
      "Publishes made-up problems, to see a pipeline run.",
      "They are those of the quickstart: six families to train on, three benchmarks. The simulated"
          + " teacher can solve them."
    },
    sortOptions = false)
final class SampleCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      required = true,
      description = "The Kafka whose topic edit.problems they go to.")
  private String bootstrapServers;

  @Option(
      names = "--problems",
      paramLabel = "N",
      defaultValue = "300",
      description = "Train problems (default: ${DEFAULT-VALUE}).")
  private int problems;

  @Option(
      names = "--test-problems",
      paramLabel = "N",
      defaultValue = "30",
      description = "Test problems of the same kind (default: ${DEFAULT-VALUE}).")
  private int testProblems;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "42",
      description = "The same seed gives the same problems (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--json", description = "Prints one JSON object as the last line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    ProblemSets sets = ProblemSets.generate(seed, QuickstartSettings.sizes(problems, testProblems));
    List<Problem> all = sets.all().toList();
    try (RecordPublisher publisher = new RecordPublisher(bootstrapServers)) {
      publisher.publish(Topics.PROBLEMS, Problem.class, all);
    }
    PrintStream out = Screen.standard().out();
    int test = all.size() - sets.train().size();
    if (json) {
      out.println(
          JSON.writeValueAsString(
              JSON.createObjectNode().put("train", sets.train().size()).put("test", test)));
    } else {
      out.printf("published %d problems to train on, %d to test on%n", sets.train().size(), test);
    }
    return 0;
  }
}
