package dev.edit.trainer.messaging;

/** A stretch of a topic that cannot be had. */
public final class TopicReadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TopicReadException(String message) {
    super(message);
  }
}
