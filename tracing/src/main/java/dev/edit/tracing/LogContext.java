package dev.edit.tracing;

import org.jboss.logging.MDC;

/**
 * While it is open, every log line of its thread says what it is about: field {@code run} or {@code
 * problem}, in the structured log's {@code mdc}.
 */
public final class LogContext implements AutoCloseable {
  private final String field;
  private final Object before;

  private LogContext(String field, String id) {
    this.field = field;
    this.before = MDC.get(field);
    if (id != null) {
      MDC.put(field, id);
    }
  }

  /** Of a record: the run of its key where its topic is about runs, else the problem. */
  public static LogContext of(String topic, String key) {
    return KeyTrace.isOfRuns(topic)
        ? new LogContext("run", key == null ? null : KeyTrace.runOf(key))
        : new LogContext("problem", key);
  }

  @Override
  public void close() {
    if (before == null) {
      MDC.remove(field);
    } else {
      MDC.put(field, before);
    }
  }
}
