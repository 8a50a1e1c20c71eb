package dev.edit.evaluator.messaging.console;

import dev.edit.contracts.EventRecord;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.UnreadableRecordException;
import dev.edit.evaluator.domain.console.ConsoleState;
import dev.edit.evaluator.domain.console.LogPlace;
import dev.edit.recordloop.KafkaClients;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads all topics from their beginnings, without a consumer group, and then follows them: the
 * state is that of the log, and a restart builds it anew. Topics and partitions that appear later
 * are taken up within {@link #DISCOVERY}. While Kafka is away the state stays as it is.
 */
public final class ConsoleFeed implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ConsoleFeed.class.getName());
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration DISCOVERY = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final KafkaClients clients;
  private final ConsoleState state;
  private final Map<String, RecordCodec<? extends EventRecord>> codecs = new HashMap<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicLong unreadable = new AtomicLong();
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Thread thread;
  private volatile boolean caughtUp;

  public ConsoleFeed(KafkaClients clients, ConsoleState state) {
    this.clients = clients;
    this.state = state;
    Topics.ALL.forEach(topic -> codecs.put(topic.name(), RecordCodec.of(topic.type())));
    this.thread = new Thread(this::run, "edit-console-feed");
    this.thread.setDaemon(true);
  }

  /** Begins to read. */
  public void start() {
    thread.start();
  }

  /** Whether the log was read up to where it ended when reading began. */
  public boolean caughtUp() {
    return caughtUp;
  }

  /** Records that could not be read and were passed over. */
  public long unreadable() {
    return unreadable.get();
  }

  private void run() {
    while (stopped.getCount() > 0) {
      try (Consumer<String, byte[]> consumer = clients.onlooker()) {
        follow(consumer);
      } catch (KafkaException e) {
        LOG.log(Level.WARNING, "console feed lost Kafka, it tries again: " + e.getMessage());
        pause();
      }
    }
  }

  private void follow(Consumer<String, byte[]> consumer) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    long nextDiscovery = System.nanoTime();
    while (stopped.getCount() > 0) {
      if (System.nanoTime() >= nextDiscovery) {
        discover(consumer, ends);
        nextDiscovery = System.nanoTime() + DISCOVERY.toNanos();
      }
      if (consumer.assignment().isEmpty()) {
        pause();
        nextDiscovery = System.nanoTime();
        continue;
      }
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        take(record);
      }
      ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      caughtUp |= ends.isEmpty();
    }
  }

  /** Assigns what exists; what was read before goes on where it stopped. */
  private void discover(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
    Map<String, List<PartitionInfo>> topics = consumer.listTopics();
    Set<TopicPartition> wanted = new HashSet<>();
    for (String topic : codecs.keySet()) {
      topics
          .getOrDefault(topic, List.of())
          .forEach(info -> wanted.add(new TopicPartition(topic, info.partition())));
    }
    List<TopicPartition> added = new ArrayList<>(wanted);
    added.removeAll(consumer.assignment());
    if (added.isEmpty()) {
      return;
    }
    for (TopicPartition old : consumer.assignment()) {
      positions.put(old, consumer.position(old));
    }
    consumer.assign(wanted);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(wanted);
    wanted.forEach(
        partition ->
            consumer.seek(partition, positions.getOrDefault(partition, beginnings.get(partition))));
    ends.putAll(consumer.endOffsets(added));
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    if (record.value() == null) {
      if (record.key() != null) {
        state.remove(record.topic(), record.key());
      }
      return;
    }
    try {
      state.put(
          new LogPlace(record.partition(), record.offset()),
          codecs.get(record.topic()).decode(record.value()));
    } catch (UnreadableRecordException e) {
      unreadable.incrementAndGet();
      LOG.log(
          Level.DEBUG,
          "unreadable: topic={0} partition={1} offset={2}",
          record.topic(),
          record.partition(),
          record.offset());
    }
  }

  private void pause() {
    try {
      if (stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.DEBUG, "console feed stops");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }

  /** Ends reading; returns when the thread has ended. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join(POLL.plus(PAUSE).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
