package dev.edit.aligner.messaging;

import dev.edit.aligner.domain.DualAlignment;
import dev.edit.aligner.metrics.AlignerMetrics;
import dev.edit.contracts.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Polls dual chains of thought, aligns them and publishes: each batch's key steps, dead letters and
 * offsets are one transaction, and no batch is polled before the one in front of it is settled. So
 * every record has one visible outcome, whatever fails and whenever.
 *
 * <p>It polls with a Kafka consumer of its own. SmallRye's transactions take a commit that failed
 * for done, so that the next batch's offsets would cover the lost one, and its channels read ahead
 * of the transaction.
 */
public final class AlignmentLoop implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(AlignmentLoop.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  private final String topic;
  private final Consumer<String, byte[]> consumer;
  private final TransactionalOutbox outbox;
  private final Bookmarks bookmarks;
  private final BatchTransform batch;
  private final AlignerMetrics metrics;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "edit-aligner");
  private volatile boolean joined;

  /**
   * A loop; {@link #start()} sets it going.
   *
   * @param consumer read_committed, without auto commit; closed by the loop
   * @param producers make producers of one transactional id
   */
  public AlignmentLoop(
      Consumer<String, byte[]> consumer,
      Supplier<Producer<String, byte[]>> producers,
      DualAlignment alignment,
      AlignerMetrics metrics) {
    this(
        Topics.DUAL_COTS,
        consumer,
        producers,
        BatchTransform.ofEach(new RecordAlignment(alignment)::of),
        metrics);
  }

  /** A loop over another topic, or with another transformation: what it gives is that one's. */
  AlignmentLoop(
      String topic,
      Consumer<String, byte[]> consumer,
      Supplier<Producer<String, byte[]>> producers,
      BatchTransform batch,
      AlignerMetrics metrics) {
    this.topic = topic;
    this.consumer = consumer;
    this.bookmarks = new Bookmarks(consumer);
    this.outbox = new TransactionalOutbox(producers);
    this.batch = batch;
    this.metrics = metrics;
  }

  /** Starts the loop's thread. */
  public void start() {
    thread.start();
  }

  /** Whether the loop goes on. */
  public boolean isRunning() {
    return thread.isAlive();
  }

  /** Whether the loop is a member of its consumer group. */
  public boolean hasJoined() {
    return joined;
  }

  /** Stops after the batch in hand, which is committed or comes again, and waits for it. */
  @Override
  public void close() {
    stop.countDown();
    consumer.wakeup();
    try {
      thread.join(STOP_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (consumer;
        outbox) {
      LOG.info("aligner started");
      // What a killed process left open would keep its offsets back until it times out.
      untilItWorks("recover", outbox::recover);
      consumer.subscribe(List.of(topic));
      while (isGoing()) {
        untilItWorks("poll", this::step);
      }
    } catch (WakeupException e) {
      LOG.debug("woken up to stop");
    } catch (RuntimeException | Error e) {
      LOG.error("aligner ended by a fault", e);
      throw e;
    } finally {
      joined = false;
      LOG.info("aligner stopped");
    }
  }

  private void step() {
    ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
    joined = consumer.groupMetadata().generationId() >= 0;
    if (records.isEmpty()) {
      bookmarks.settle();
      return;
    }
    long start = System.nanoTime();
    BatchTransform.Results results = batch.process(records);
    try {
      Map<TopicPartition, OffsetAndMetadata> next = next(records);
      outbox.publish(results.outputs(), next, consumer.groupMetadata());
      bookmarks.note(next);
    } catch (KafkaException e) {
      metrics.aborted();
      LOG.warnf(
          "transaction failed, the batch comes again records=%d cause=%s", records.count(), e);
      LOG.debug("transaction failed", e);
      untilItWorks("rewind", this::rewind);
      return;
    }
    metrics.committed(Duration.ofNanos(System.nanoTime() - start));
    results.tallies().forEach(tally -> tally.accept(metrics));
    LOG.debugf("batch committed records=%d", records.count());
  }

  /** Goes back to what is committed; the batch that failed is behind that, or is done after all. */
  private void rewind() {
    outbox.recover();
    Set<TopicPartition> assignment = consumer.assignment();
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(assignment);
    for (TopicPartition partition : assignment) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, offset);
      }
    }
  }

  private void untilItWorks(String what, Runnable action) {
    Duration pause = FIRST_PAUSE;
    while (isGoing()) {
      try {
        action.run();
        return;
      } catch (WakeupException e) {
        throw e;
      } catch (KafkaException e) {
        LOG.warnf("Kafka failed, trying again step=%s pause=%s cause=%s", what, pause, e);
        LOG.debug("Kafka failed", e);
      }
      pauseFor(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private void pauseFor(Duration pause) {
    try {
      if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("pause cut short to stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.countDown();
    }
  }

  private boolean isGoing() {
    return stop.getCount() > 0;
  }

  private static Map<TopicPartition, OffsetAndMetadata> next(
      ConsumerRecords<String, byte[]> records) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<String, byte[]>> inPartition = records.records(partition);
      long last = inPartition.get(inPartition.size() - 1).offset();
      next.put(partition, new OffsetAndMetadata(last + 1));
    }
    return next;
  }
}
