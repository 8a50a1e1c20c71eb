package dev.edit.recordloop;

import dev.edit.tracing.LogContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Takes the records of a topic one at a time on a thread of its own, which a record may block for
 * long. What a record gives is published in one transaction with its offset; a record whose
 * transaction fails comes again, and no later one can be committed over it.
 *
 * <p>The work is done before the transaction begins, so that it may last longer than one may be
 * open; where the partition has moved to another process meanwhile, the commit is refused.
 */
public final class RecordLoop implements AutoCloseable {
  private static final Logger LOG = System.getLogger(RecordLoop.class.getName());
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final String topic;
  private final Supplier<Consumer<String, byte[]>> consumers;
  private final Supplier<Producer<String, byte[]>> producers;
  private final Handler handler;
  private final Duration pause;
  private final Ownership ownership;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile Consumer<String, byte[]> consumer;
  private volatile boolean assigned;
  private Producer<String, byte[]> producer;

  /** What a record gives. */
  @FunctionalInterface
  public interface Handler {

    /**
     * Works on a record.
     *
     * @throws KafkaException where Kafka is needed and does not answer; the record comes again
     */
    Outcome handle(ConsumerRecord<String, byte[]> record);
  }

  /**
   * What is to be published, and what is to be done once that is committed.
   *
   * @param outputs all of them are published, or none
   * @param afterwards runs on the loop's thread
   */
  public record Outcome(List<Output> outputs, Runnable afterwards) {
    public Outcome {
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * Is told which partitions this process owns. Between a partition's assignment and its revocation
   * no other process of the group is given its records. Called on the loop's thread: no record of
   * an assigned partition is handled before {@link #assigned} has returned, and no other process is
   * given a revoked one before {@link #revoked} has.
   */
  public interface Ownership {
    /** What nothing hangs on. */
    Ownership NONE =
        new Ownership() {
          @Override
          public void assigned(Set<Integer> partitions) {}

          @Override
          public void revoked(Set<Integer> partitions) {}
        };

    /** These partitions have come to this process. */
    void assigned(Set<Integer> partitions);

    /** These partitions leave this process, or have been lost. */
    void revoked(Set<Integer> partitions);
  }

  /** A loop on whose partitions nothing but the records hangs. */
  public RecordLoop(
      String topic,
      Supplier<Consumer<String, byte[]>> consumers,
      Supplier<Producer<String, byte[]>> producers,
      Handler handler,
      Duration pause) {
    this(topic, consumers, producers, handler, pause, Ownership.NONE);
  }

  /**
   * @param consumers makes a consumer that polls one record at a time and commits nothing itself
   * @param producers makes a transactional producer
   * @param pause before a record is tried again
   * @param ownership is told of partitions that come and go
   */
  public RecordLoop(
      String topic,
      Supplier<Consumer<String, byte[]>> consumers,
      Supplier<Producer<String, byte[]>> producers,
      Handler handler,
      Duration pause,
      Ownership ownership) {
    this.topic = topic;
    this.consumers = consumers;
    this.producers = producers;
    this.handler = handler;
    this.pause = pause;
    this.ownership = ownership;
    thread = new Thread(this::run, "record-loop-" + topic);
  }

  /** Starts to take records. */
  public void start() {
    thread.start();
  }

  /** Whether the thread runs: once it has started, only {@link #close} should end it. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  /** Whether Kafka has given this process a partition of the topic. */
  public boolean isAssigned() {
    return assigned;
  }

  /** Takes no further record and waits for the present one, for a while. */
  @Override
  public void close() {
    stopping.countDown();
    Consumer<String, byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    try {
      thread.join(CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  private void run() {
    while (!isStopping()) {
      try (Consumer<String, byte[]> fresh = consumers.get()) {
        consumer = fresh;
        fresh.subscribe(List.of(topic), new Assignment());
        while (!isStopping()) {
          for (ConsumerRecord<String, byte[]> record : fresh.poll(POLL)) {
            try (LogContext context = LogContext.of(topic, record.key())) {
              take(record);
            }
          }
        }
      } catch (WakeupException e) {
        LOG.log(Level.DEBUG, "stopping: topic={0}", topic);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "records are read anew: topic=" + topic, e);
        waitAWhile();
      }
    }
    discardProducer();
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    try {
      Outcome outcome = handler.handle(record);
      publish(record, outcome.outputs());
      outcome.afterwards().run();
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException | IllegalStateException e) {
      LOG.log(
          Level.WARNING,
          "record comes again: topic={0} partition={1} offset={2} because {3}",
          topic,
          record.partition(),
          record.offset(),
          e);
      waitAWhile();
      rewind(record);
    }
  }

  private void publish(ConsumerRecord<String, byte[]> record, List<Output> outputs) {
    TopicPartition from = new TopicPartition(record.topic(), record.partition());
    try {
      if (producer == null) {
        producer = producers.get();
        producer.initTransactions();
      }
      producer.beginTransaction();
      outputs.forEach(output -> producer.send(output.toRecord()));
      producer.sendOffsetsToTransaction(
          Map.of(from, new OffsetAndMetadata(record.offset() + 1)), consumer.groupMetadata());
      producer.commitTransaction();
    } catch (RuntimeException e) {
      // A new producer's initialisation brings this transaction to its end, whatever state it is
      // in.
      discardProducer();
      throw e;
    }
  }

  /** Back to what is committed: that tells whether a commit without an answer took place. */
  private void rewind(ConsumerRecord<String, byte[]> record) {
    TopicPartition at = new TopicPartition(record.topic(), record.partition());
    if (producer == null) {
      producer = producers.get();
      producer.initTransactions();
    }
    OffsetAndMetadata committed = consumer.committed(Set.of(at)).get(at);
    OptionalLong next =
        committed == null ? OptionalLong.empty() : OptionalLong.of(committed.offset());
    if (!consumer.assignment().contains(at)) {
      return;
    }
    if (next.isPresent()) {
      consumer.seek(at, next.getAsLong());
    } else {
      consumer.seekToBeginning(List.of(at));
    }
  }

  private void discardProducer() {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private void waitAWhile() {
    try {
      if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.DEBUG, "stopping: topic={0}", topic);
      }
    } catch (InterruptedException e) {
      stopping.countDown();
    }
  }

  private final class Assignment implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      ownership.assigned(numbers(partitions));
      assigned = assigned || !partitions.isEmpty();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      LOG.log(Level.INFO, "partitions given back: {0}", partitions);
      ownership.revoked(numbers(partitions));
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
      return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }
  }
}
