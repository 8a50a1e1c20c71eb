package dev.edit.cli.pipeline;

import java.time.Instant;

/** That records come from the topics, for those who wait for more. Thread-safe. */
public final class Arrivals {
  private long version;
  private Instant changedAt;
  private RuntimeException failure;

  /**
   * @param start counts as the latest arrival until there is one
   */
  public Arrivals(Instant start) {
    this.changedAt = start;
  }

  /** A record has come; to be called when it can be seen by those who are woken up. */
  public synchronized void note(Instant now) {
    version++;
    changedAt = now;
    notifyAll();
  }

  /** The reader of the topics cannot go on; {@link #requireReadable} reports it. */
  public synchronized void fail(RuntimeException reason) {
    failure = reason;
    notifyAll();
  }

  /** Throws what stopped the reader, if anything did. */
  public synchronized void requireReadable() {
    if (failure != null) {
      throw failure;
    }
  }

  /** How many records have come. */
  public synchronized long version() {
    return version;
  }

  /** Waits until more than {@code seen} records have come, at most so many milliseconds. */
  public synchronized void awaitChange(long seen, long millis) throws InterruptedException {
    long deadline = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (failure == null && version <= seen && left > 0) {
      wait(left);
      left = (deadline - System.nanoTime()) / 1_000_000;
    }
  }

  /** When the latest record came. */
  public synchronized Instant changedAt() {
    return changedAt;
  }
}
