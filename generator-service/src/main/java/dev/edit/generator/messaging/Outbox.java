package dev.edit.generator.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Publishes records' outputs and commits their offsets in one Kafka transaction: both happen or
 * neither does. It blocks, and one thread at a time may use it.
 *
 * <p>After a failure the transaction is aborted. Where that fails too, or the broker says that
 * another producer took over, the next call starts with a new producer, whose initialisation first
 * brings the old transaction to its end; so whoever then reads the group's committed offsets learns
 * how it ended.
 */
final class Outbox implements AutoCloseable {
  private final Supplier<Producer<String, byte[]>> producers;
  private Producer<String, byte[]> producer;

  Outbox(Supplier<Producer<String, byte[]>> producers) {
    this.producers = producers;
  }

  /**
   * Publishes and commits.
   *
   * @param offsets the next offset of each partition
   * @param group the consumer's place in its group; a stale one fails
   * @throws KafkaException where nothing was published, or where it is not known: after {@link
   *     #recover} the group's committed offsets tell
   */
  void publish(
      List<Output> outputs,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      ConsumerGroupMetadata group) {
    try {
      begin();
      for (Output output : outputs) {
        producer.send(new ProducerRecord<>(output.topic(), output.key(), output.value()));
      }
      producer.sendOffsetsToTransaction(offsets, group);
      producer.commitTransaction();
    } catch (KafkaException | IllegalStateException e) {
      abort(e);
      throw e instanceof KafkaException kafka ? kafka : new KafkaException(e);
    }
  }

  private void begin() {
    recover();
    producer.beginTransaction();
  }

  /** Sees to it that no transaction of the past is open any more. */
  void recover() {
    if (producer == null) {
      producer = producers.get();
      producer.initTransactions();
    }
  }

  private void abort(RuntimeException cause) {
    if (producer == null) {
      return;
    }
    try {
      producer.abortTransaction();
    } catch (KafkaException | IllegalStateException e) {
      cause.addSuppressed(e);
      producer.close(Duration.ZERO);
      producer = null;
    }
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(5));
      producer = null;
    }
  }
}
