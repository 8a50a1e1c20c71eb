package dev.edit.cli.process;

/** A service that did not start, or ended; the message holds the end of its log. */
public final class ServiceFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ServiceFailure(String message) {
    super(message);
  }

  public ServiceFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
