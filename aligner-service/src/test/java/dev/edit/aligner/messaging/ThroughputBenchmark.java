package dev.edit.aligner.messaging;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.aligner.DualTopic;
import dev.edit.aligner.domain.DualAlignment;
import dev.edit.aligner.domain.Gates;
import dev.edit.aligner.domain.Student;
import dev.edit.aligner.messaging.BatchTransform.Results;
import dev.edit.aligner.metrics.AlignerMetrics;
import dev.edit.alignment.AlignmentRule;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.embeddedkafka.EmbeddedKafka;
import dev.edit.embeddedkafka.PipelineTopics;
import dev.edit.tokenizer.Tokenizer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Good records per second of the aligner's loop, of the same loop that only parses and
 * re-serialises the same records, and of the aligner with one record in a hundred poisoned. The
 * three take turns on one broker in this JVM; a turn is timed from its first batch to its last
 * commit. A program, because a figure is no test; it fails where a record is missing, a good one is
 * dead-lettered, a poisoned one is not, or a batch comes twice.
 */
final class ThroughputBenchmark {
  private static final int PARTITIONS = 3;
  private static final int ROUNDS = 9;

  /** Rounds that only warm up. */
  private static final int WARM_UP = 4;

  private static final int BATCH = 1000;
  private static final int POISON_EVERY = 100;
  private static final String CLEAN = "bench.clean";
  private static final String POISONED = "bench.poisoned";
  private static final List<String> POISON =
      List.of(
          "no JSON",
          "{\"schemaVersion\": 1, \"origin\": \"CORRUPTED\"}",
          "{\"schemaVersion\": 99}");
  private static final RecordCodec<DualCot> DUALS = RecordCodec.of(DualCot.class);

  private final String bootstrapServers;
  private final BatchTransform alignment;
  private final int records;

  private ThroughputBenchmark(String bootstrapServers, Student student, int records) {
    this.bootstrapServers = bootstrapServers;
    this.alignment =
        BatchTransform.ofEach(
            new RecordAlignment(
                    new DualAlignment(student, AlignmentRule.REFERENCE, new Gates(0.3, 1024)))
                ::of);
    this.records = records;
  }

  /**
   * Arguments: how many records there are; {@code remembered}, or {@code library} for a tokenizer
   * of which nothing can be remembered.
   */
  public static void main(String[] arguments) throws Exception {
    int records = Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory(Path.of("target"), "throughput");
    Path file = LongDuals.writeStudent(folder.resolve("student")).resolve("tokenizer.json");
    if (arguments[1].equals("library")) {
      ObjectMapper json = new ObjectMapper();
      ObjectNode root = (ObjectNode) json.readTree(file.toFile());
      root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
      json.writeValue(file.toFile(), root);
    }
    try (Student student = new Student(Tokenizer.load(file), LongDuals.EOS_ID);
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
      kafka.createTopics(PipelineTopics.dataPartitions(PARTITIONS));
      new ThroughputBenchmark(kafka.bootstrapServers(), student, records).run();
    }
  }

  private void run() throws Exception {
    put();
    double[] passed = new double[ROUNDS];
    double[] aligned = new double[ROUNDS];
    double[] poisoned = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      passed[round] =
          goodPerSecond(CLEAN, 0, BatchTransform.ofEach(ThroughputBenchmark::passThrough));
      aligned[round] = goodPerSecond(CLEAN, 0, alignment);
      poisoned[round] = goodPerSecond(POISONED, records / POISON_EVERY, alignment);
      System.out.printf(
          Locale.ROOT,
          "round %d: pass-through %,.0f, aligner %,.0f, poisoned %,.0f good records/s%n",
          round,
          passed[round],
          aligned[round],
          poisoned[round]);
    }
    System.out.printf(
        Locale.ROOT,
        "{\"records\": %d, \"rounds\": %d, \"passThrough\": %.0f, \"aligner\": %.0f,"
            + " \"poisoned\": %.0f, \"alignerToPassThrough\": %.3f, \"poisonedToClean\": %.3f,"
            + " \"deadLetteredPerRound\": %d}%n",
        records,
        ROUNDS - WARM_UP,
        median(passed),
        median(aligned),
        median(poisoned),
        median(ratios(aligned, passed)),
        median(ratios(poisoned, aligned)),
        records / POISON_EVERY);
  }

  private void put() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(CLEAN, PARTITIONS, (short) 1),
                  new NewTopic(POISONED, PARTITIONS, (short) 1)))
          .all()
          .get();
    }
    try (DualTopic clean = new DualTopic(bootstrapServers, CLEAN);
        DualTopic poisoned = new DualTopic(bootstrapServers, POISONED)) {
      for (int i = 0; i < records; i++) {
        clean.put(LongDuals.pair(i));
        if (i % POISON_EVERY == POISON_EVERY - 1) {
          poisoned.put("poison/" + i, POISON.get(i / POISON_EVERY % POISON.size()));
        } else {
          poisoned.put(LongDuals.pair(i));
        }
      }
      clean.flush();
      poisoned.flush();
    }
  }

  private static Results passThrough(ConsumerRecord<String, byte[]> source) {
    Results results = Results.empty();
    try {
      DualCot dual = DUALS.decode(source.value());
      results.add(Output.of(Topics.KEY_STEPS, DUALS, dual), AlignerMetrics::sftOnly);
    } catch (UnreadableRecordException e) {
      String reason = e.reason().code();
      results.add(
          DeadLetters.aboutUnreadable(source, reason, e.getMessage()), m -> m.deadLetter(reason));
    }
    return results;
  }

  private double goodPerSecond(String topic, int poison, BatchTransform transform)
      throws Exception {
    rewind(topic);
    KafkaClients clients = new KafkaClients(Map.of("bootstrap.servers", bootstrapServers));
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    AtomicLong firstBatch = new AtomicLong();
    BatchTransform timed =
        batch -> {
          firstBatch.compareAndSet(0, System.nanoTime());
          return transform.process(batch);
        };
    try (AlignmentLoop loop =
        new AlignmentLoop(
            topic,
            clients.consumer(BATCH),
            () -> clients.producer("throughput"),
            timed,
            new AlignerMetrics(registry))) {
      loop.start();
      await()
          .pollInterval(Duration.ofMillis(2))
          .atMost(Duration.ofMinutes(5))
          .until(() -> count(registry, "edit.aligner.records") >= records);
      double seconds = (System.nanoTime() - firstBatch.get()) / 1e9;
      require("records", records, count(registry, "edit.aligner.records"));
      require("dead letters", poison, count(registry, "edit.aligner.dead.letters"));
      require("aborted", 0, registry.counter("edit.aligner.batches", "result", "aborted").count());
      require("loops running", 1, loop.isRunning() ? 1 : 0);
      return (records - poison) / seconds;
    }
  }

  private static void require(String what, double expected, double found) {
    if (expected != found) {
      throw new IllegalStateException("%s: expected %s, got %s".formatted(what, expected, found));
    }
  }

  private static double count(SimpleMeterRegistry registry, String counter) {
    return registry.find(counter).counters().stream().mapToDouble(Counter::count).sum();
  }

  /** Back to the first record, as if the group had never read. */
  private void rewind(String topic) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      first.put(new TopicPartition(topic, partition), new OffsetAndMetadata(0));
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.alterConsumerGroupOffsets(KafkaClients.GROUP, first).all().get();
    }
  }

  private static double[] ratios(double[] above, double[] below) {
    double[] ratios = new double[above.length];
    Arrays.setAll(ratios, round -> above[round] / below[round]);
    return ratios;
  }

  private static double median(double[] rounds) {
    double[] warm = Arrays.copyOfRange(rounds, WARM_UP, rounds.length);
    Arrays.sort(warm);
    return warm[warm.length / 2];
  }
}
