package dev.edit.cli.quickstart;

import dev.edit.cli.pipeline.StageClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Wall time: laps one after the other, and stages that overlap. */
final class Stopwatch {
  private final Clock clock;
  private final Instant start;
  private final Map<String, Instant> marks = new HashMap<>();
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private Instant lap;

  Stopwatch(Clock clock) {
    this.clock = clock;
    this.start = clock.instant();
    this.lap = start;
  }

  /** Ends a lap; the next begins. */
  void lap(String name) {
    Instant now = clock.instant();
    seconds.put(name, between(lap, now));
    lap = now;
  }

  /** Stages that begin now. */
  void mark(String... stages) {
    for (String stage : stages) {
      marks.put(stage, clock.instant());
    }
  }

  /** A stage that was marked ended with its last record. */
  void stage(String name, StageClock records) {
    seconds.put(name, records.secondsSince(marks.get(name)));
  }

  /** Seconds by lap and stage, and in all. */
  Map<String, Double> seconds() {
    Map<String, Double> all = new LinkedHashMap<>(seconds);
    all.put("total", between(start, clock.instant()));
    return all;
  }

  private static double between(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }
}
