package dev.edit.embeddedkafka;

/** The embedded broker could not start; the message says what is in the way. */
public final class BrokerStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
