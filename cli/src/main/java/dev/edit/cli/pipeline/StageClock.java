package dev.edit.cli.pipeline;

import java.time.Duration;
import java.time.Instant;

/**
 * When a stage's first and last records were seen.
 *
 * @param first when the first was seen; null before
 * @param last when the latest was seen; null before
 */
public record StageClock(Instant first, Instant last) {
  /** Before the first record. */
  public static final StageClock UNSEEN = new StageClock(null, null);

  /** The clock after a record at this moment. */
  public StageClock seenAt(Instant now) {
    return new StageClock(first == null ? now : first, now);
  }

  /** The clock of both stages together. */
  public StageClock with(StageClock other) {
    if (first == null || other.first == null) {
      return first == null ? other : this;
    }
    return new StageClock(
        first.isBefore(other.first) ? first : other.first,
        last.isAfter(other.last) ? last : other.last);
  }

  /** The time from a stage's start to its latest record, in seconds; 0 before the first. */
  public double secondsSince(Instant start) {
    return last == null ? 0 : Math.max(0, Duration.between(start, last).toMillis() / 1000.0);
  }
}
