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

  /** Reads the bill from the generator's metrics. */
  public static TeacherBill fromMetrics(MetricsText metrics) {
    return new TeacherBill(
        Math.round(metrics.sum(CALLS)),
        Math.round(metrics.sum(TOKENS, "kind=\"prompt\"")),
        Math.round(metrics.sum(TOKENS, "kind=\"completion\"")),
        FROM_METRICS);
  }
}
