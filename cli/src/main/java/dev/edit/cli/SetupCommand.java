package dev.edit.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.cli.quickstart.FirstStudent;
import dev.edit.cli.terminal.Screen;
import dev.edit.contracts.KafkaEnvironment;
import dev.edit.contracts.Topics;
import dev.edit.embeddedkafka.PipelineTopics;
import java.io.IOException;
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
import picocli.CommandLine.Command;
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
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      required = true,
      description = "The Kafka whose topics they are.")
  private String bootstrapServers;

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

  @Option(names = "--json", description = "Prints one JSON object as the last line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    require("--partitions", partitions);
    require("--replication", replication);
    Set<String> created = createTopics();
    boolean written = student != null && FirstStudent.writeUnlessThere(student, seed);
    print(created, written);
    return 0;
  }

  private static void require(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + ": expected at least 1, got " + value);
    }
  }

  private Set<String> createTopics() throws InterruptedException {
    try (Admin admin =
        Admin.create(
            KafkaEnvironment.with(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers)))) {
      Set<String> missing =
          Topics.ALL.stream()
              .map(Topics.Topic::name)
              .collect(Collectors.toCollection(TreeSet::new));
      missing.removeAll(admin.listTopics().names().get());
      PipelineTopics.create(admin, PipelineTopics.dataPartitions(partitions), replication);
      return missing;
    } catch (ExecutionException e) {
      throw new CommandFailure(
          "--bootstrap-servers: no answer from Kafka at "
              + bootstrapServers
              + ": "
              + e.getCause().getMessage());
    }
  }

  private void print(Set<String> topics, boolean written) throws IOException {
    PrintStream out = Screen.standard().out();
    if (json) {
      out.println(
          JSON.writeValueAsString(
              JSON.createObjectNode()
                  .put("studentWritten", written)
                  .set("topicsCreated", JSON.valueToTree(topics))));
      return;
    }
    out.printf("topics created: %s%n", topics.isEmpty() ? "none, all were there" : topics);
    if (student != null) {
      out.printf("student %s: %s%n", student, written ? "written" : "was there");
    }
  }
}
