package dev.edit.aligner.messaging;

import static org.awaitility.Awaitility.await;

import dev.edit.aligner.DualTopic;
import dev.edit.aligner.domain.DualAlignment;
import dev.edit.aligner.domain.Gates;
import dev.edit.aligner.domain.Student;
import dev.edit.aligner.metrics.AlignerMetrics;
import dev.edit.alignment.AlignmentRule;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import dev.edit.tokenizer.Tokenizer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Records per second of the aligner's loop against the same loop that only parses and re-serialises
 * the same records, both with a broker in this JVM and one transaction a batch; and with one record
 * in a hundred poisoned. A program, because a figure is no test.
 */
final class ThroughputBenchmark {
  private static final int PARTITIONS = 3;
  private static final int ROUNDS = 9;

  /** Rounds that only warm up. */
  private static final int WARM_UP = 4;

  private static final int BATCH = 500;
  private static final RecordCodec<DualCot> DUALS = RecordCodec.of(DualCot.class);

  private final String bootstrapServers;
  private final Student student;
  private final int records;

  private ThroughputBenchmark(String bootstrapServers, Student student, int records) {
    this.bootstrapServers = bootstrapServers;
    this.student = student;
    this.records = records;
  }

  /** The one argument is how many records there are. */
  public static void main(String[] arguments) throws Exception {
    int records = Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory(Path.of("target"), "throughput");
    double clean = 0;
    double poisoned = 0;
    try (Student student =
        new Student(
            Tokenizer.load(LongDuals.writeStudent(folder.resolve("student"))), LongDuals.EOS_ID)) {
      double[] figures = inBroker(folder.resolve("clean"), student, records, 0);
      clean = figures[1];
      print("pass-through", figures[0]);
      print("aligner", clean);
      System.out.printf(Locale.ROOT, "aligner / pass-through: %.2f%n", clean / figures[0]);
      poisoned = inBroker(folder.resolve("poisoned"), student, records, 100)[1];
      print("aligner, 1 % poison", poisoned);
      System.out.printf(Locale.ROOT, "poisoned / clean: %.3f%n", poisoned / clean);
    }
  }

  private static double[] inBroker(Path folder, Student student, int records, int poisonEvery)
      throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
      kafka.createTopics(PipelineTopics.dataPartitions(PARTITIONS));
      put(kafka.bootstrapServers(), records, poisonEvery);
      return new ThroughputBenchmark(kafka.bootstrapServers(), student, records).run();
    }
  }

  private static void put(String bootstrapServers, int records, int poisonEvery)
      throws IOException {
    try (DualTopic topic = new DualTopic(bootstrapServers)) {
      for (int i = 0; i < records; i++) {
        if (poisonEvery > 0 && i % poisonEvery == 0) {
          topic.put("poison/" + i, "{\"schemaVersion\": 1, \"origin\": \"CORRUPTED\"}");
        } else {
          topic.put(LongDuals.pair(i));
        }
      }
      topic.flush();
    }
  }

  /** Medians of the rounds after the warm-up: pass-through, aligner. */
  private double[] run() throws Exception {
    double[] passed = new double[ROUNDS];
    double[] aligned = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      passed[round] = recordsPerSecond(ThroughputBenchmark::passThrough);
      aligned[round] =
          recordsPerSecond(
              new AlignmentBatch(
                  new DualAlignment(student, AlignmentRule.REFERENCE, new Gates(0.3, 1024))));
    }
    return new double[] {median(passed), median(aligned)};
  }

  private static double median(double[] rounds) {
    double[] warm = Arrays.copyOfRange(rounds, WARM_UP, rounds.length);
    Arrays.sort(warm);
    return warm[warm.length / 2];
  }

  private static BatchTransform.Results passThrough(
      org.apache.kafka.clients.consumer.ConsumerRecords<String, byte[]> batch) {
    BatchTransform.Results results = BatchTransform.Results.empty();
    for (var source : batch) {
      try {
        DualCot dual = DUALS.decode(source.value());
        results.add(Output.of(Topics.KEY_STEPS, DUALS, dual), AlignerMetrics::sftOnly);
      } catch (dev.edit.contracts.codec.UnreadableRecordException e) {
        results.add(
            DeadLetters.aboutUnreadable(source, e.reason().code(), e.getMessage()),
            metrics -> metrics.deadLetter(e.reason().code()));
      }
    }
    return results;
  }

  private double recordsPerSecond(BatchTransform transform) throws Exception {
    rewind();
    KafkaClients clients = new KafkaClients(Map.of("bootstrap.servers", bootstrapServers));
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    long start = System.nanoTime();
    try (AlignmentLoop loop =
        new AlignmentLoop(
            clients.consumer(BATCH),
            () -> clients.producer("throughput"),
            transform,
            new AlignerMetrics(registry))) {
      loop.start();
      await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofMinutes(5))
          .until(() -> done(registry) >= records);
      return records / ((System.nanoTime() - start) / 1e9);
    }
  }

  private static double done(SimpleMeterRegistry registry) {
    return registry.find("edit.aligner.records").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  /** Back to the first record, as if the group had never read. */
  private void rewind() throws Exception {
    Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      first.put(new TopicPartition(Topics.DUAL_COTS, partition), new OffsetAndMetadata(0));
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.alterConsumerGroupOffsets(KafkaClients.GROUP, first).all().get();
    }
  }

  private static void print(String name, double perSecond) {
    System.out.printf(Locale.ROOT, "%-20s %,10.0f records/s%n", name, perSecond);
  }
}
