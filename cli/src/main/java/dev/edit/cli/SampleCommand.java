package dev.edit.cli;

import dev.edit.cli.pipeline.RecordPublisher;
import dev.edit.cli.quickstart.QuickstartSettings;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Topics;
import dev.edit.families.ProblemSets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  @Mixin private KafkaOption kafka;

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

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    OptionValue.within("--problems", problems, 0, 1_000_000);
    OptionValue.within("--test-problems", testProblems, 0, 1_000_000);
    ProblemSets sets = ProblemSets.generate(seed, QuickstartSettings.sizes(problems, testProblems));
    List<Problem> all = sets.all().toList();
    try (RecordPublisher publisher = new RecordPublisher(kafka.bootstrapServers())) {
      publisher.publish(Topics.PROBLEMS, Problem.class, all);
    }
    int train = sets.train().size();
    int test = all.size() - train;
    json.print(
        Map.of("train", train, "test", test),
        out -> out.printf("published %d problems to train on, %d to test on%n", train, test));
    return 0;
  }
}
