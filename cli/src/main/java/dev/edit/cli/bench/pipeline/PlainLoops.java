package dev.edit.cli.bench.pipeline;

import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.KafkaEnvironment;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The same records over the same topics without the stages: for each topic that a stage reads, a
 * loop that polls, looks up what the pipeline made of each record, and publishes those bytes with
 * the offsets in a transaction. What is left is Kafka, its clients and the machine.
 */
final class PlainLoops implements AutoCloseable {
  private static final List<String> INPUTS =
      List.of(Topics.PROBLEMS, Topics.WRONG_COTS, Topics.RIGHT_COTS, Topics.DUAL_COTS);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration CLOSE = Duration.ofSeconds(10);

  private final String bootstrapServers;
  private final Map<String, Map<String, List<ProducerRecord<String, byte[]>>>> outputs;
  private final Consumer<RuntimeException> failed;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopping;

  private PlainLoops(
      String bootstrapServers, RecordTape pipeline, Consumer<RuntimeException> failed) {
    this.bootstrapServers = bootstrapServers;
    this.outputs = outputs(pipeline);
    this.failed = failed;
  }

  /**
   * Starts the loops.
   *
   * @param pipeline what the stages made of each record
   * @param failed is told of a loop that ended by a fault
   */
  static PlainLoops start(
      String bootstrapServers, RecordTape pipeline, Consumer<RuntimeException> failed) {
    PlainLoops loops = new PlainLoops(bootstrapServers, pipeline, failed);
    for (String topic : INPUTS) {
      Thread thread = new Thread(() -> loops.run(topic), "plain-loop-" + topic);
      thread.setDaemon(true);
      loops.threads.add(thread);
      thread.start();
    }
    return loops;
  }

  /** By input topic and key: the records that the stage which read it has published. */
  static Map<String, Map<String, List<ProducerRecord<String, byte[]>>>> outputs(RecordTape tape) {
    Map<String, Map<String, List<ProducerRecord<String, byte[]>>>> outputs = new HashMap<>();
    INPUTS.forEach(topic -> outputs.put(topic, new HashMap<>()));
    Set<String> wrong = new HashSet<>();
    tape.of(Topics.WRONG_COTS).forEach(record -> wrong.add(record.key()));
    for (String topic : List.of(Topics.WRONG_COTS, Topics.RIGHT_COTS)) {
      tape.of(topic).forEach(record -> put(outputs.get(Topics.PROBLEMS), record));
    }
    tape.of(Topics.DUAL_COTS)
        .forEach(
            record ->
                put(
                    outputs.get(
                        wrong.contains(record.key()) ? Topics.WRONG_COTS : Topics.RIGHT_COTS),
                    record));
    tape.of(Topics.KEY_STEPS).forEach(record -> put(outputs.get(Topics.DUAL_COTS), record));
    RecordCodec<DeadLetter> codec = RecordCodec.of(DeadLetter.class);
    for (ConsumerRecord<String, byte[]> record : tape.of(Topics.DEAD_LETTERS)) {
      put(outputs.get(codec.decode(record.value()).pointer().topic()), record);
    }
    return outputs;
  }

  private static void put(
      Map<String, List<ProducerRecord<String, byte[]>>> outputs,
      ConsumerRecord<String, byte[]> record) {
    outputs
        .computeIfAbsent(record.key(), key -> new ArrayList<>())
        .add(new ProducerRecord<>(record.topic(), record.key(), record.value()));
  }

  private void run(String topic) {
    Map<String, List<ProducerRecord<String, byte[]>>> results = outputs.get(topic);
    try (KafkaConsumer<String, byte[]> consumer = consumer(topic);
        KafkaProducer<String, byte[]> producer = producer(topic)) {
      producer.initTransactions();
      consumer.subscribe(List.of(topic));
      while (!stopping) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        if (!records.isEmpty()) {
          producer.beginTransaction();
          for (ConsumerRecord<String, byte[]> record : records) {
            results.getOrDefault(record.key(), List.of()).forEach(producer::send);
          }
          producer.sendOffsetsToTransaction(records.nextOffsets(), consumer.groupMetadata());
          producer.commitTransaction();
        }
      }
    } catch (KafkaException e) {
      failed.accept(e);
    }
  }

  private KafkaConsumer<String, byte[]> consumer(String topic) {
    return new KafkaConsumer<>(
        KafkaEnvironment.with(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG, "plain-" + topic,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  private KafkaProducer<String, byte[]> producer(String topic) {
    return new KafkaProducer<>(
        KafkaEnvironment.with(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, "plain-" + topic,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd",
                ProducerConfig.LINGER_MS_CONFIG, "5")),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  @Override
  public void close() {
    stopping = true;
    for (Thread thread : threads) {
      try {
        thread.join(CLOSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
