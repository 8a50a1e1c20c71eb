package dev.edit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edit.contracts.Topics;
import dev.edit.embeddedkafka.EmbeddedKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code edit setup} and {@code edit sample} on a broker without topics. */
class SetupCommandIT {
  @TempDir private Path folder;
  private EmbeddedKafka kafka;
  private Admin admin;

  @BeforeEach
  void start() {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @AfterEach
  void stop() {
    admin.close();
    kafka.close();
  }

  @Test
  void shouldMakeWhatIsMissingAndLeaveWhatIsThere() throws Exception {
    Path student = folder.resolve("students/initial");
    assertThat(run("setup", "--partitions=2", "--student=" + student)).isZero();

    Map<String, TopicDescription> topics =
        admin
            .describeTopics(Topics.ALL.stream().map(Topics.Topic::name).toList())
            .allTopicNames()
            .get();
    assertThat(topics.get(Topics.PROBLEMS).partitions()).hasSize(2);
    assertThat(topics.get(Topics.RUNS).partitions()).hasSize(1);
    assertThat(student.resolve("tokenizer.json")).isNotEmptyFile();
    byte[] weights = Files.readAllBytes(student.resolve("model.safetensors"));
    assertThat(student.getParent()).isDirectoryNotContaining("glob:**/.student-*");

    assertThat(run("setup", "--partitions=2", "--seed=7", "--student=" + student)).isZero();
    assertThat(student.resolve("model.safetensors")).hasBinaryContent(weights);

    assertThat(run("sample", "--problems=12", "--test-problems=6")).isZero();
    assertThat(records(Topics.PROBLEMS)).isEqualTo(12 + 6 + 4 + 2);
  }

  private long records(String topic) throws Exception {
    List<ListOffsetsResultInfo> ends =
        List.copyOf(
            admin
                .listOffsets(
                    Map.of(
                        new TopicPartition(topic, 0), OffsetSpec.latest(),
                        new TopicPartition(topic, 1), OffsetSpec.latest()))
                .all()
                .get()
                .values());
    return ends.stream().mapToLong(ListOffsetsResultInfo::offset).sum();
  }

  private int run(String verb, String... arguments) {
    CommandLine line = Edit.commandLine();
    StringWriter err = new StringWriter();
    line.setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 2];
    all[0] = verb;
    all[1] = "--bootstrap-servers=" + kafka.bootstrapServers();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    int code = line.execute(all);
    assertThat(err.toString()).isEmpty();
    return code;
  }
}
