package dev.edit.cli.pipeline;

import java.time.Duration;
import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

/** Follows topics on a thread of its own and hands their records to a listener. */
public final class TopicWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final TopicFollower follower;
  private final Listener listener;
  private final Thread thread;

  /** Takes records as they come. Called on the watch's thread. */
  public interface Listener {
    /** A committed record; its value may be null. */
    void take(ConsumerRecord<String, byte[]> record);

    /** The topics cannot be read any further. */
    void fail(RuntimeException reason);
  }

  private TopicWatch(TopicFollower follower, Listener listener) {
    this.follower = follower;
    this.listener = listener;
    this.thread = new Thread(this::follow, "topic-watch");
    thread.setDaemon(true);
  }

  /** Starts to follow topics from their beginning. They must exist. */
  public static TopicWatch start(
      String bootstrapServers, Collection<String> topics, Listener listener) {
    TopicWatch watch = new TopicWatch(new TopicFollower(bootstrapServers, topics), listener);
    watch.thread.start();
    return watch;
  }

  @Override
  public void close() {
    follower.wakeUp();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    try (follower) {
      while (true) {
        follower.follow(POLL, listener::take);
      }
    } catch (WakeupException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      listener.fail(e);
    }
  }
}
