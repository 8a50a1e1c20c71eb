package dev.edit.evaluator.domain;

/** A checkpoint that cannot be evaluated; says what is wrong with which file. */
public final class UnusableCheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnusableCheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
