package dev.edit.systemtests.deployment;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables of {@code docs/metrics.md}: a row a metric, its name first, whether it is always there
 * last.
 */
final class MetricsPage {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(edit_[a-z_]+)(?:\\{[^`]*})?` \\|.*\\| ([^|]*) \\|$");

  /** What a summary, a timer or a histogram adds to its name. */
  private static final Pattern PARTS = Pattern.compile("_(count|sum|max|bucket)$");

  private static final Pattern NAME =
      Pattern.compile("\\bedit_(?:generator|aligner|trainer|evaluator)_[a-z_]+");

  private MetricsPage() {}

  /** A series' name without what its kind adds. */
  static String family(String series) {
    return PARTS.matcher(series).replaceFirst("");
  }

  /** The metrics of ours that an expression names. */
  static Set<String> metricsIn(String expression) {
    return NAME.matcher(expression)
        .results()
        .map(result -> family(result.group()))
        .collect(Collectors.toSet());
  }

  /** All metrics of the page. */
  static Set<String> documented() {
    return names(when -> true);
  }

  /** Those that are there in every running system. */
  static Set<String> always() {
    return names(when -> when.equals("always"));
  }

  private static Set<String> names(Predicate<String> condition) {
    Set<String> names = new TreeSet<>();
    Matcher rows = ROW.matcher(Checkout.read("docs/metrics.md"));
    while (rows.find()) {
      if (condition.test(rows.group(2).strip())) {
        names.add(family(rows.group(1)));
      }
    }
    return names;
  }
}
