package dev.edit.evaluator.domain;

/** What keeps a checkpoint does not answer just now; it can be asked for again. */
public final class StoreAwayException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public StoreAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
