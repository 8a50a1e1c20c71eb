package dev.edit.embeddedkafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.edit.contracts.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  @TempDir Path folder;

  @Test
  void shouldKeepCommittedRecordsOnlyWhenStartedAgainOnTheSameFolder() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
      kafka.createTopics(PipelineTopics.dataPartitions(3));
      produce(kafka, List.of("a", "b", "c"), true);
      produce(kafka, List.of("x", "y"), false);
      assertThat(keys(kafka)).containsExactlyInAnyOrder("a", "b", "c");
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
      assertThat(keys(kafka)).containsExactlyInAnyOrder("a", "b", "c");
      produce(kafka, List.of("d"), true);
      assertThat(keys(kafka)).containsExactlyInAnyOrder("a", "b", "c", "d");
    }
  }

  @Test
  void shouldCreateEveryTopicWithRetentionAndPartitionsWhenAskedTwice() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      kafka.createTopics(PipelineTopics.dataPartitions(2));
      kafka.createTopics(PipelineTopics.dataPartitions(2));
      List<String> names = Topics.ALL.stream().map(Topics.Topic::name).toList();
      Map<String, Integer> partitions =
          admin.describeTopics(names).allTopicNames().get().values().stream()
              .collect(Collectors.toMap(t -> t.name(), t -> t.partitions().size()));
      assertThat(partitions)
          .containsOnlyKeys(names)
          .containsEntry(Topics.DUAL_COTS, 2)
          .containsEntry(Topics.DEAD_LETTERS, 1);
      Map<String, Config> configs =
          admin
              .describeConfigs(
                  names.stream()
                      .map(n -> new ConfigResource(ConfigResource.Type.TOPIC, n))
                      .toList())
              .all()
              .get()
              .entrySet()
              .stream()
              .collect(Collectors.toMap(e -> e.getKey().name(), Map.Entry::getValue));
      assertThat(configs.get(Topics.KEY_STEPS).get("cleanup.policy").value()).isEqualTo("compact");
      assertThat(configs.get(Topics.DEAD_LETTERS).get("cleanup.policy").value())
          .isEqualTo("delete");
      assertThat(configs.get(Topics.KEY_STEPS).get("compression.type").value()).isEqualTo("zstd");
    }
  }

  @Test
  void shouldNameTheTopicWhenItDoesNotExist() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder);
        TopicReader reader = new TopicReader(kafka.bootstrapServers())) {
      assertThatThrownBy(() -> reader.read(Topics.RUNS))
          .isInstanceOf(UnknownTopicOrPartitionException.class)
          .hasMessageContaining(Topics.RUNS);
    }
  }

  @Test
  void shouldNameThePortWhenItIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> EmbeddedKafka.start(folder, BrokerOptions.defaults().withPort(port)))
          .isInstanceOf(BrokerStartException.class)
          .hasMessageContaining("port")
          .hasMessageContaining(String.valueOf(port));
    }
  }

  @Test
  void shouldNameTheFolderWhenItCannotBeWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    assertThatThrownBy(() -> EmbeddedKafka.start(file.resolve("data")))
        .isInstanceOf(BrokerStartException.class)
        .hasMessageContaining("dataFolder")
        .hasMessageContaining(file.toString());
  }

  @Test
  void shouldNameTheFolderWhenItHasTooLittleSpace() {
    BrokerOptions greedy = BrokerOptions.defaults().withLeastFreeBytes(Long.MAX_VALUE);
    assertThatThrownBy(() -> EmbeddedKafka.start(folder, greedy))
        .isInstanceOf(BrokerStartException.class)
        .hasMessageContaining("free space in " + folder);
  }

  @Test
  void shouldNameTheFolderWhenAnotherBrokerUsesIt() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
      assertThatThrownBy(() -> EmbeddedKafka.start(folder))
          .isInstanceOf(BrokerStartException.class)
          .hasMessageContaining(folder.toString());
      kafka.createTopics(PipelineTopics.dataPartitions(1));
    }
  }

  @Test
  void shouldLeaveNoThreadsWhenClosed() {
    EmbeddedKafka.start(folder.resolve("first")).close();
    EmbeddedKafka.start(folder.resolve("second")).close();
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(EmbeddedKafkaIT::isBrokerThread));
  }

  private static boolean isBrokerThread(String name) {
    return name.startsWith("kafka-")
        || name.startsWith("data-plane")
        || name.startsWith("quorum-controller")
        || name.contains("raft")
        || name.contains("log-cleaner")
        || name.contains("coordinator");
  }

  private static void produce(EmbeddedKafka kafka, List<String> keys, boolean commit) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "transactional.id",
                "embedded-kafka-it",
                "compression.type",
                "zstd"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (String key : keys) {
        var unused = producer.send(new ProducerRecord<>(Topics.PROBLEMS, key, key.getBytes(UTF_8)));
      }
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  private static List<String> keys(EmbeddedKafka kafka) {
    try (TopicReader reader = new TopicReader(kafka.bootstrapServers())) {
      return reader.read(Topics.PROBLEMS).stream()
          .peek(r -> assertThat(new String(r.value(), UTF_8)).isEqualTo(r.key()))
          .map(r -> r.key())
          .toList();
    }
  }
}
