package dev.edit.trainer.messaging;

import dev.edit.contracts.RunEvent;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Hands on the events that the workers publish from now on, so that a worker, which lives too
 * briefly to be scraped, still shows in the metrics. A thread of its own; a fault costs figures
 * only.
 */
public final class RunEventFeed implements AutoCloseable {
  private static final Logger LOG = System.getLogger(RunEventFeed.class.getName());
  private static final RecordCodec<RunEvent> EVENTS = RecordCodec.of(RunEvent.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final Supplier<Consumer<String, byte[]>> consumers;
  private final java.util.function.Consumer<RunEvent> sink;
  private final Thread thread = new Thread(this::run, "edit-trainer-run-events");
  private volatile Consumer<String, byte[]> consumer;
  private volatile boolean stopping;

  /**
   * @param consumers makes a consumer without a group
   * @param sink takes each event
   */
  public RunEventFeed(
      Supplier<Consumer<String, byte[]>> consumers, java.util.function.Consumer<RunEvent> sink) {
    this.consumers = consumers;
    this.sink = sink;
    thread.setDaemon(true);
  }

  /** Starts to hand on events. */
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    stopping = true;
    Consumer<String, byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    try {
      thread.join(CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (Consumer<String, byte[]> fresh = consumers.get()) {
      consumer = fresh;
      List<TopicPartition> partitions = List.of();
      while (!stopping && partitions.isEmpty()) {
        partitions = partitions(fresh);
      }
      fresh.assign(partitions);
      while (!stopping) {
        for (ConsumerRecord<String, byte[]> record : fresh.poll(POLL)) {
          hand(record);
        }
      }
    } catch (WakeupException e) {
      LOG.log(Level.DEBUG, "stopping");
    } catch (KafkaException e) {
      LOG.log(Level.ERROR, "no further figures of workers", e);
    }
  }

  private static List<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
    try {
      return consumer.partitionsFor(Topics.RUN_EVENTS).stream()
          .map(info -> new TopicPartition(info.topic(), info.partition()))
          .toList();
    } catch (org.apache.kafka.common.errors.TimeoutException e) {
      LOG.log(Level.WARNING, "{0} is not there yet", Topics.RUN_EVENTS);
      return List.of();
    }
  }

  private void hand(ConsumerRecord<String, byte[]> record) {
    try {
      if (record.value() != null) {
        sink.accept(EVENTS.decode(record.value()));
      }
    } catch (UnreadableRecordException e) {
      LOG.log(Level.WARNING, "unreadable run event passed over: reason={0}", e.reason().code());
    }
  }
}
