package dev.edit.aligner.messaging;

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
 * Publishes a batch's outputs and commits its offsets in one Kafka transaction: both or neither. It
 * blocks; for one thread at a time.
 *
 * <p>After a failure it is not known which of the two it was. {@link #recover()} settles it, and
 * must be called before the group's committed offsets are read.
 */
final class TransactionalOutbox implements AutoCloseable {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Supplier<Producer<String, byte[]>> producers;
  private Producer<String, byte[]> producer;

  TransactionalOutbox(Supplier<Producer<String, byte[]>> producers) {
    this.producers = producers;
  }

  /**
   * Makes sure that no transaction of this outbox is open: what an earlier process of the same
   * transactional id left behind is ended by the broker.
   */
  void recover() {
    if (producer != null) {
      return;
    }
    Producer<String, byte[]> fresh = producers.get();
    try {
      fresh.initTransactions();
      producer = fresh;
    } finally {
      if (producer == null) {
        fresh.close(Duration.ZERO);
      }
    }
  }

  /**
   * Publishes and commits.
   *
   * @param next the next offset of each partition of the batch
   * @param group the consumer's place in its group; a stale one fails
   * @throws KafkaException if the transaction may not have been committed
   */
  void publish(
      List<Output> outputs,
      Map<TopicPartition, OffsetAndMetadata> next,
      ConsumerGroupMetadata group) {
    try {
      recover();
      producer.beginTransaction();
      for (Output output : outputs) {
        var unused =
            producer.send(new ProducerRecord<>(output.topic(), output.key(), output.value()));
      }
      producer.sendOffsetsToTransaction(next, group);
      producer.commitTransaction();
    } catch (RuntimeException e) {
      abandon(e);
      throw e instanceof KafkaException kafka ? kafka : new KafkaException(e);
    }
  }

  /** A producer that has failed is not used again; the next one's initialisation ends its work. */
  private void abandon(RuntimeException cause) {
    if (producer == null) {
      return;
    }
    try {
      producer.abortTransaction();
    } catch (KafkaException | IllegalStateException e) {
      cause.addSuppressed(e);
    }
    close(Duration.ZERO);
  }

  private void close(Duration patience) {
    Producer<String, byte[]> closing = producer;
    producer = null;
    if (closing != null) {
      closing.close(patience);
    }
  }

  @Override
  public void close() {
    close(CLOSE_PATIENCE);
  }
}
