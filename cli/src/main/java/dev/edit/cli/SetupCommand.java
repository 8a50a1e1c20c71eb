package dev.edit.cli;

import dev.edit.cli.quickstart.FirstStudent;
import dev.edit.contracts.KafkaEnvironment;
import dev.edit.contracts.Topics;
import dev.edit.embeddedkafka.PipelineTopics;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edit setup}. */
@Command(
    name = "setup",
    description = {
      "Makes what a pipeline needs and does not have: its topics, and a student to start from.",
      "What is there is left as it is, so it can be run again."
    },
    sortOptions = false)
final class SetupCommand implements Callable<Integer> {
  private static final int PATIENCE_MS = 15_000;

  @Mixin private KafkaOption kafka;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "6",
      description = "Partitions of the topics with a record a problem (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      defaultValue = "1",
      description = "Copies of every record (default: ${DEFAULT-VALUE}).")
  private short replication;

  @Option(
      names = "--student",
      paramLabel = "DIR",
      description = "Where a small student from scratch is written, unless the folder is there.")
  private Path student;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "42",
      description = "Seed of its weights (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    OptionValue.atLeast("--partitions", partitions, 1);
    OptionValue.atLeast("--replication", replication, 1);
    Set<String> created = createTopics();
    boolean written = student != null && FirstStudent.writeUnlessThere(student, seed);
    json.print(
        Map.of("topicsCreated", created, "studentWritten", written),
        out -> tell(created, written, out));
    return 0;
  }

  private Set<String> createTopics() throws InterruptedException {
    try (Admin admin =
        Admin.create(
            KafkaEnvironment.with(
                Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS)))) {
      Set<String> missing =
          Topics.ALL.stream()
              .map(Topics.Topic::name)
              .collect(Collectors.toCollection(TreeSet::new));
      missing.removeAll(admin.listTopics().names().get());
      PipelineTopics.create(admin, PipelineTopics.dataPartitions(partitions), replication);
      return missing;
    } catch (ExecutionException e) {
      throw new KafkaException("cannot list the topics", e.getCause());
    }
  }

  private void tell(Set<String> topics, boolean written, PrintStream out) {
    out.printf("topics created: %s%n", topics.isEmpty() ? "none, all were there" : topics);
    if (student != null) {
      out.printf("student %s: %s%n", student, written ? "written" : "was there");
    }
  }
}
