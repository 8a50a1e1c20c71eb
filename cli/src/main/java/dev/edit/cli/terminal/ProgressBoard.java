package dev.edit.cli.terminal;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows the progress of several stages at once: on a terminal as bars that move in place, elsewhere
 * as a plain line per stage every few seconds. Not thread-safe.
 */
public final class ProgressBoard {
  private static final Duration PLAIN_PAUSE = Duration.ofSeconds(15);

  private final PrintStream out;
  private final boolean interactive;
  private final int width;
  private final Clock clock;
  private final Map<String, Meter> meters = new HashMap<>();
  private final Map<String, PlainLine> printed = new HashMap<>();
  private int drawn;

  /**
   * @param out where to
   * @param interactive whether that is a terminal that can move its cursor
   * @param width its columns
   */
  public ProgressBoard(PrintStream out, boolean interactive, int width, Clock clock) {
    this.out = out;
    this.interactive = interactive;
    this.width = width;
    this.clock = clock;
  }

  /** Shows the stages as they are now, in this order. */
  public void show(List<StageProgress> stages) {
    Instant now = clock.instant();
    stages.forEach(
        stage ->
            meters.computeIfAbsent(stage.label(), label -> new Meter()).read(stage.done(), now));
    if (interactive) {
      draw(stages, now);
    } else {
      stages.forEach(stage -> printIfDue(stage, now));
    }
  }

  /** Leaves what is shown where it stands; what comes next is shown below. */
  public void settle() {
    drawn = 0;
  }

  private void draw(List<StageProgress> stages, Instant now) {
    StringBuilder frame = new StringBuilder();
    if (drawn > 0) {
      frame.append("\u001b[").append(drawn).append('A');
    }
    for (StageProgress stage : stages) {
      frame.append("\u001b[2K").append(line(stage, now, width)).append('\n');
    }
    out.print(frame);
    out.flush();
    drawn = stages.size();
  }

  private void printIfDue(StageProgress stage, Instant now) {
    PlainLine last = printed.computeIfAbsent(stage.label(), label -> new PlainLine(0, now));
    boolean due =
        stage.isComplete() || Duration.between(last.at(), now).compareTo(PLAIN_PAUSE) >= 0;
    if (last.done() != stage.done() && due) {
      out.println(line(stage, now, Integer.MAX_VALUE));
      printed.put(stage.label(), new PlainLine(stage.done(), now));
    }
  }

  private String line(StageProgress stage, Instant now, int columns) {
    Meter meter = meters.get(stage.label());
    return ProgressLine.of(stage, meter.perSecond(now), meter.eta(stage.total(), now), columns);
  }

  private record PlainLine(long done, Instant at) {}
}
