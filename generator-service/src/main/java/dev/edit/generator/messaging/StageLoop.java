package dev.edit.generator.messaging;

import dev.edit.contracts.EventRecord;
import dev.edit.generator.domain.teacher.Demand;
import dev.edit.generator.metrics.GeneratorMetrics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Keeps a stage's records flowing: one thread reads ahead into a {@link Window}, begins as many as
 * the teacher has room for, and publishes what has ended, with its offsets, in one transaction at a
 * time. It never waits for a teacher, so that polling goes on however long a call takes, and a slow
 * record keeps no other from being worked on.
 *
 * <p>Each record counts once: results are published from the window only, a partition's records
 * leave it when the partition does, and the broker refuses a commit of a past generation of the
 * group. After a failed transaction the window is compared with what the group has committed: that
 * tells whether a commit without an answer took place.
 */
final class StageLoop<T extends EventRecord> {
  private static final Logger LOG = Logger.getLogger(StageLoop.class);
  private static final Duration IDLE = Duration.ofMillis(250);
  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration LEAVE = Duration.ofSeconds(2);
  private static final long COMMIT_NANOS = Duration.ofMillis(200).toNanos();

  private final String name;
  private final String topic;
  private final StageWork<T> work;
  private final Demand demand;
  private final Window window;
  private final Outbox outbox;
  private final Membership membership;
  private final GeneratorMetrics metrics;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile long deadline;
  private volatile boolean assigned;
  private Consumer<String, byte[]> consumer;
  private long lastCommit;
  private boolean uncertain;

  StageLoop(
      Input<T> input,
      Demand demand,
      Window window,
      Outbox outbox,
      Membership membership,
      GeneratorMetrics metrics) {
    this.name = input.name();
    this.topic = input.topic();
    this.work = input.work();
    this.demand = demand;
    this.window = window;
    this.outbox = outbox;
    this.membership = membership;
    this.metrics = metrics;
    this.thread = new Thread(this::run, "edit-generator-" + name);
  }

  /** A stage's name, the topic it reads, and what it does with a record. */
  record Input<T extends EventRecord>(String name, String topic, StageWork<T> work) {}

  /** Makes members of the stage's group, and is told when what they have changes. */
  record Membership(Supplier<Consumer<String, byte[]>> consumers, Runnable changed) {}

  void start() {
    thread.start();
  }

  String name() {
    return name;
  }

  /** Whether the thread runs: once started, only {@link #stop} should end it. */
  boolean isAlive() {
    return thread.isAlive();
  }

  /** Whether this process was ever given a partition, or told that there is none for it. */
  boolean hasJoined() {
    return assigned;
  }

  /** Begins nothing more; what is at the teacher may come back and be published for a while. */
  void stop(Duration grace) {
    deadline = System.nanoTime() + grace.toNanos();
    demand.stop();
    stopping.countDown();
  }

  /** Waits for the end, which comes in time even if Kafka does not answer. */
  void join(Duration longest) {
    try {
      thread.join(longest.toMillis());
      thread.interrupt();
      thread.join(LEAVE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!isStopping()) {
      try {
        read();
      } catch (InterruptException e) {
        LOG.infof("interrupted stage=%s", name);
      } catch (RuntimeException e) {
        LOG.errorf(e, "records are read anew stage=%s", name);
        metrics.loopFailed(name);
        waitAWhile();
      }
    }
    outbox.close();
  }

  private void read() {
    consumer = membership.consumers.get();
    try {
      consumer.subscribe(List.of(topic), new Assignment());
      while (!hasEnded()) {
        consumer.poll(window.count() == 0 ? IDLE : TICK).forEach(window::add);
        begin();
        publish();
        throttle();
      }
    } finally {
      window.clear();
      consumer.close(CloseOptions.timeout(LEAVE));
    }
  }

  private void begin() {
    boolean more = true;
    while (more && !isStopping() && demand.wanted()) {
      more = window.begin(work::of);
    }
  }

  /** Whether a stopping loop has nothing more to wait for. */
  private boolean hasEnded() {
    if (!isStopping()) {
      return false;
    }
    boolean late = System.nanoTime() - deadline > 0;
    return late || (!demand.busy() && window.finished().isEmpty());
  }

  private void publish() {
    Window.Finished finished = window.finished();
    if (finished.isEmpty() || (!isDue(finished) && !isStopping())) {
      return;
    }
    publish(finished);
  }

  /** Commits are gathered for a moment, but nothing waits once all is done. */
  private boolean isDue(Window.Finished finished) {
    return finished.records() == window.count() || System.nanoTime() - lastCommit > COMMIT_NANOS;
  }

  private void publish(Window.Finished finished) {
    try {
      if (uncertain) {
        compare();
        return;
      }
      ConsumerGroupMetadata group = consumer.groupMetadata();
      if (group.generationId() < 0) {
        LOG.debugf("not a member now, nothing published stage=%s", name);
        return;
      }
      outbox.publish(finished.outputs(), finished.offsets(), group);
      window.committed(finished.offsets());
      lastCommit = System.nanoTime();
      metrics.batch(name, true);
      LOG.debugf("committed stage=%s records=%d", name, finished.records());
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      uncertain = true;
      metrics.batch(name, false);
      LOG.warnf(e, "transaction failed, it is tried again stage=%s", name);
      waitAWhile();
    }
  }

  /** A new producer ends the old transaction, one way or the other; then the offsets tell which. */
  private void compare() {
    outbox.recover();
    window.committed(consumer.committed(consumer.assignment(), ANSWER));
    uncertain = false;
  }

  private void throttle() {
    Set<TopicPartition> full = window.full();
    full.retainAll(consumer.assignment());
    Set<TopicPartition> paused = consumer.paused();
    Set<TopicPartition> resumed = new HashSet<>(paused);
    resumed.removeAll(full);
    if (!resumed.isEmpty()) {
      consumer.resume(resumed);
    }
    if (!paused.containsAll(full)) {
      consumer.pause(full);
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private void waitAWhile() {
    try {
      if (stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debugf("stopping stage=%s", name);
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Runs within {@code poll}, on the loop's thread. */
  private final class Assignment implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      assigned = true;
      window.assign(partitions);
      membership.changed.run();
      LOG.infof("partitions assigned stage=%s: %s", name, partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      Window.Finished finished = window.finished();
      if (!finished.isEmpty() && !partitions.isEmpty()) {
        publish(finished);
      }
      onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      int begun = window.drop(partitions);
      metrics.handedOver(name, begun);
      membership.changed.run();
      LOG.infof("partitions left stage=%s begun=%d: %s", name, begun, partitions);
    }
  }
}
