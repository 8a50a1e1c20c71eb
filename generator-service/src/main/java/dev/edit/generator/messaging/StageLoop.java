package dev.edit.generator.messaging;

import dev.edit.contracts.EventRecord;
import dev.edit.generator.domain.Delay;
import dev.edit.generator.metrics.GeneratorMetrics;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecordBatch;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Runs a stage's batches: work first, outside of any transaction (a teacher may take minutes), then
 * publish and commit in one. A batch whose partitions have moved on meanwhile, or whose transaction
 * fails, is dropped and the consumer goes back to what is committed: it comes again, here or at
 * another worker, and no later batch can be committed over it.
 *
 * <p>SmallRye's own transactions are not used because a commit that fails there is logged and then
 * taken for done, so that the next batch's offsets would cover the lost one.
 */
final class StageLoop<T extends EventRecord> implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(StageLoop.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final String name;
  private final StageBatch<T> batch;
  private final Outbox outbox;
  private final Supplier<KafkaConsumer<String, byte[]>> consumer;
  private final GeneratorMetrics metrics;
  private final Delay delay;
  private final ExecutorService publisher;

  StageLoop(
      String name,
      StageBatch<T> batch,
      Outbox outbox,
      Supplier<KafkaConsumer<String, byte[]>> consumer,
      GeneratorMetrics metrics,
      Delay delay) {
    this.name = name;
    this.batch = batch;
    this.outbox = outbox;
    this.consumer = consumer;
    this.metrics = metrics;
    this.delay = delay;
    this.publisher =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "edit-generator-" + name));
  }

  /** Completes when the batch is committed, or when it is sure to come again; never fails. */
  @SuppressWarnings("unchecked")
  Uni<Void> run(IncomingKafkaRecordBatch<String, byte[]> message) {
    IncomingKafkaRecordBatchMetadata<String, byte[]> metadata =
        message.getMetadata(IncomingKafkaRecordBatchMetadata.class).orElseThrow();
    ConsumerRecords<String, byte[]> records = metadata.getRecords();
    int generation = metadata.getConsumerGroupGenerationId();
    return Uni.createFrom()
        .completionStage(() -> batch.process(records))
        .chain(outputs -> publish(outputs, next(records), generation))
        .invoke(() -> committed(records.count()))
        .onFailure()
        .recoverWithUni(this::comeAgain);
  }

  private Uni<Void> publish(
      List<Output> outputs, Map<TopicPartition, OffsetAndMetadata> offsets, int generation) {
    return consumer
        .get()
        .consumerGroupMetadata()
        .emitOn(publisher)
        .invoke(
            group -> {
              requireSame(group, generation);
              outbox.publish(outputs, offsets, group);
            })
        .replaceWithVoid();
  }

  private static void requireSame(ConsumerGroupMetadata group, int generation) {
    if (group.generationId() != generation) {
      throw new RebalancedException(generation, group.generationId());
    }
  }

  private void committed(int records) {
    metrics.batch(name, true);
    LOG.debugf("batch committed stage=%s records=%d", name, records);
  }

  private Uni<Void> comeAgain(Throwable failure) {
    metrics.batch(name, false);
    if (failure instanceof RebalancedException) {
      LOG.infof("batch dropped, partitions moved stage=%s: %s", name, failure.getMessage());
    } else {
      LOG.warnf(failure, "transaction failed, the batch comes again stage=%s", name);
    }
    return Uni.createFrom()
        .completionStage(() -> delay.of(PAUSE))
        .chain(() -> consumer.get().resetToLastCommittedPositions())
        .onFailure()
        .retry()
        .withBackOff(PAUSE, LONGEST_PAUSE)
        .indefinitely()
        .emitOn(Infrastructure.getDefaultExecutor());
  }

  private static Map<TopicPartition, OffsetAndMetadata> next(ConsumerRecords<?, ?> records) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      var ofPartition = records.records(partition);
      long last = ofPartition.get(ofPartition.size() - 1).offset();
      next.put(partition, new OffsetAndMetadata(last + 1));
    }
    return next;
  }

  /** The group was rebalanced while the batch was worked on. */
  private static final class RebalancedException extends KafkaException {
    private static final long serialVersionUID = 1L;

    RebalancedException(int before, int now) {
      super("generation was " + before + " and is " + now);
    }
  }

  @Override
  public void close() {
    publisher.shutdown();
    outbox.close();
  }
}
