package dev.edit.cli.bench.pipeline;

import dev.edit.cli.pipeline.Arrivals;
import dev.edit.cli.pipeline.TopicWatch;
import dev.edit.contracts.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Every record of the data stages' topics as it came, in memory. Thread-safe. */
final class RecordTape implements TopicWatch.Listener {
  /** The topics that the data stages read and write. */
  static final List<String> TOPICS =
      List.of(
          Topics.PROBLEMS,
          Topics.WRONG_COTS,
          Topics.RIGHT_COTS,
          Topics.DUAL_COTS,
          Topics.KEY_STEPS,
          Topics.DEAD_LETTERS);

  private final Map<String, List<ConsumerRecord<String, byte[]>>> records = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private final Clock clock;
  private final Arrivals arrivals;

  RecordTape(Clock clock) {
    this.clock = clock;
    this.arrivals = new Arrivals(clock.instant());
  }

  @Override
  public synchronized void take(ConsumerRecord<String, byte[]> record) {
    records.computeIfAbsent(record.topic(), topic -> new ArrayList<>()).add(record);
    String topic = record.topic();
    if (topic.equals(Topics.KEY_STEPS) || topic.equals(Topics.DEAD_LETTERS)) {
      ended.add(record.key());
      notifyAll();
    }
    arrivals.note(clock.instant());
  }

  @Override
  public synchronized void fail(RuntimeException reason) {
    arrivals.fail(reason);
    notifyAll();
  }

  /** That records come. */
  Arrivals arrivals() {
    return arrivals;
  }

  /** The records of a topic, in the order in which they came. */
  synchronized List<ConsumerRecord<String, byte[]>> of(String topic) {
    return List.copyOf(records.getOrDefault(topic, List.of()));
  }

  /** How many problems have become a key-step record or a dead letter. */
  synchronized int ended() {
    return ended.size();
  }

  /** Waits until so many problems have ended, or the time is over, or reading has failed. */
  synchronized void awaitEnded(int count, long millis) throws InterruptedException {
    arrivals.requireReadable();
    long deadline = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (ended.size() < count && left > 0) {
      wait(left);
      arrivals.requireReadable();
      left = (deadline - System.nanoTime()) / 1_000_000;
    }
  }
}
