package dev.edit.cli.pipeline;

/**
 * What a service's {@code /q/metrics} answers.
 *
 * @param text in Prometheus' text format
 */
public record MetricsText(String text) {

  /** The sum of a metric over all its labels; 0 where it is not there. */
  public double sum(String metric) {
    return sum(metric, "");
  }

  /** The sum of a metric over the lines that have a label, such as {@code kind="prompt"}. */
  public double sum(String metric, String label) {
    return text.lines()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .filter(line -> line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
