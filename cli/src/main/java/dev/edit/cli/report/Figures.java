package dev.edit.cli.report;

import dev.edit.statistics.PairedBootstrap;
import java.util.Locale;

/** Numbers as people read them; the same in the terminal and in the report. */
final class Figures {
  private Figures() {}

  /** A share in percent with one digit. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /** A difference of shares in percentage points, signed. */
  static String points(double difference) {
    return String.format(Locale.ROOT, "%+.1f", 100 * difference);
  }

  /** A difference with its interval, in percentage points. */
  static String interval(PairedBootstrap interval) {
    return "%s (%s to %s)"
        .formatted(points(interval.difference()), points(interval.low()), points(interval.high()));
  }

  /** A p-value; tiny ones as a bound. */
  static String pValue(double p) {
    return p < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }

  /** A count with thousands separators. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Seconds with one digit. */
  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds);
  }

  /** Accuracy with its standard error; of several seeds the means, and how far the seeds differ. */
  static String accuracy(Comparison.Cell cell) {
    String text = percent(cell.accuracy().mean()) + " ± " + percent(cell.stderr());
    return cell.accuracy().count() > 1
        ? text + " (sd " + percent(cell.accuracy().deviation()) + ")"
        : text;
  }

  /** A test's verdict in words. */
  static String verdict(Comparison.PairTest test) {
    return test.significant() ? "significant" : "not significant";
  }
}
