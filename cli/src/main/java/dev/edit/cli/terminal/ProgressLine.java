package dev.edit.cli.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A stage's progress as one line of text. */
final class ProgressLine {
  private static final int BAR = 24;
  private static final int LABEL = 22;

  private ProgressLine() {}

  /** Label, bar, counts, rate and ETA; cut to the width. */
  static String of(StageProgress stage, double perSecond, Optional<Duration> eta, int width) {
    int filled = (int) Math.floor(stage.share() * BAR);
    String bar =
        "=".repeat(filled)
            + (filled < BAR && filled > 0 ? ">" : "")
            + " ".repeat(Math.max(0, BAR - filled - (filled > 0 ? 1 : 0)));
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "%-" + LABEL + "s [%s] %d/%d %s",
            stage.label(),
            bar.substring(0, BAR),
            stage.done(),
            stage.total(),
            stage.unit()));
    if (!stage.isComplete()) {
      line.append(perSecond > 0 ? "  " + rate(perSecond) : "");
      line.append(eta.map(left -> "  ETA " + clock(left)).orElse(""));
    }
    if (!stage.detail().isEmpty()) {
      line.append("  ").append(stage.detail());
    }
    return line.length() <= width ? line.toString() : line.substring(0, width);
  }

  /** A rate with as many digits as it deserves. */
  static String rate(double perSecond) {
    return perSecond >= 10
        ? Math.round(perSecond) + "/s"
        : String.format(Locale.ROOT, "%.1f/s", perSecond);
  }

  /** Minutes and seconds, or hours, minutes and seconds. */
  static String clock(Duration time) {
    long seconds = Math.round(time.toMillis() / 1000.0);
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
