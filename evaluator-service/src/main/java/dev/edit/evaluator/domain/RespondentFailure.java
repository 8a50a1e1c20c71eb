package dev.edit.evaluator.domain;

/** A respondent that did not answer; says why, without secrets. */
public final class RespondentFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason a code such as {@code endpoint-unavailable}
   */
  public RespondentFailure(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** The reason's code. */
  public String reason() {
    return reason;
  }
}
