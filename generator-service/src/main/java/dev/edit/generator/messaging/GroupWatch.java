package dev.edit.generator.messaging;

import dev.edit.generator.metrics.GeneratorMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jboss.logging.Logger;

/**
 * Asks the broker, every few seconds and after each rebalance, how many workers there are: as many
 * as the group of the first stage has members. That it answers tells that it can be reached.
 */
public final class GroupWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(GroupWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(3);
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final Admin admin;
  private final String group;
  private final LongSupplier nanos;
  private final ScheduledExecutorService thread;
  private volatile int workers = 1;
  private volatile boolean answered;
  private volatile long lastAnswer;

  /** Watches the annotate stage's group. */
  public GroupWatch(StageClients clients, GeneratorMetrics metrics) {
    this(clients.admin(), StageLoops.group(Channels.ANNOTATE), System::nanoTime);
    metrics.watchWorkers(this::workers);
    thread.scheduleWithFixedDelay(this::ask, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  GroupWatch(Admin admin, String group, LongSupplier nanos) {
    this.admin = admin;
    this.group = group;
    this.nanos = nanos;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread watching = new Thread(task, "edit-generator-group-watch");
              watching.setDaemon(true);
              return watching;
            });
  }

  /** How many workers there are, at least 1: the last known number while the broker is away. */
  public int workers() {
    return workers;
  }

  /** Whether the broker answered lately. */
  boolean isReachable() {
    return answered && nanos.getAsLong() - lastAnswer < SILENCE.toNanos();
  }

  /** The group has changed. */
  void soon() {
    try {
      thread.execute(this::ask);
    } catch (RejectedExecutionException e) {
      LOG.debugf("closed, the group is not asked about: %s", e.getMessage());
    }
  }

  void ask() {
    try {
      int members =
          admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().size();
      note(Math.max(1, members));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        note(1);
      } else {
        LOG.debugf("the broker does not answer: %s", e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(int members) {
    if (members != workers) {
      LOG.infof("workers=%d were=%d", members, workers);
    }
    workers = members;
    lastAnswer = nanos.getAsLong();
    answered = true;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    admin.close(Duration.ofSeconds(1));
  }
}
