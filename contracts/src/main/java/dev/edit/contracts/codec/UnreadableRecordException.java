package dev.edit.contracts.codec;

/**
 * Bytes on a topic that are not the record they should be; {@link #reason()} is stable enough for
 * metrics and dead letters.
 */
public final class UnreadableRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  UnreadableRecordException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What kind of fault. */
  public Reason reason() {
    return reason;
  }

  /** The kinds of fault; {@link #code()} is the dead letter's reason. */
  public enum Reason {
    NOT_JSON("not-json"),
    UNSUPPORTED_VERSION("unsupported-schema-version"),
    INVALID_FIELD("invalid-field");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** The code in dead letters and metrics. */
    public String code() {
      return code;
    }
  }
}
