package dev.edit.cli.pipeline;

/**
 * What the teacher was asked and what it cost.
 *
 * @param calls calls that were answered
 * @param promptTokens tokens read
 * @param completionTokens tokens written
 * @param source where the figures come from, for people
 */
public record TeacherBill(long calls, long promptTokens, long completionTokens, String source) {
  /** The generator counted every call, also those whose reply was of no use. */
  public static final String FROM_METRICS = "the generator's metrics: every call";

  /** Summed over the records on the topics; calls without a usable reply are missing. */
  public static final String FROM_RECORDS = "the usage on the records: calls with a usable reply";

  private static final String CALLS = "edit_generator_teacher_calls_seconds_count";
  private static final String TOKENS = "edit_generator_teacher_tokens_total";

  /** Reads the bill from what the generator's {@code /q/metrics} answers. */
  public static TeacherBill fromMetrics(String prometheusText) {
    return new TeacherBill(
        sum(prometheusText, CALLS, ""),
        sum(prometheusText, TOKENS, "kind=\"prompt\""),
        sum(prometheusText, TOKENS, "kind=\"completion\""),
        FROM_METRICS);
  }

  private static long sum(String text, String metric, String label) {
    return text.lines()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .filter(line -> line.contains(label))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
