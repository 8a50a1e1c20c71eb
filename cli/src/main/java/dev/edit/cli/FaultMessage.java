package dev.edit.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What is told of a fault, where what Java or Kafka says of it would not be understood alone. */
final class FaultMessage {
  private FaultMessage() {}

  /**
   * The message.
   *
   * @param bootstrapServers the Kafka that the verb was given; null where it was given none
   */
  static String of(Throwable fault, String bootstrapServers) {
    if (fault instanceof FileSystemException file && file.getReason() == null) {
      return file(file);
    }
    if (bootstrapServers != null && !(fault instanceof CommandFailure)) {
      for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
        String known = kafka(cause, bootstrapServers);
        if (known != null) {
          return known;
        }
      }
    }
    return fault.getMessage() == null ? fault.toString() : fault.getMessage();
  }

  private static String file(FileSystemException fault) {
    if (fault instanceof NoSuchFileException) {
      return fault.getFile() + ": no such file or folder";
    }
    if (fault instanceof AccessDeniedException) {
      return fault.getFile() + ": access denied";
    }
    return fault.toString();
  }

  private static String kafka(Throwable cause, String bootstrapServers) {
    if (cause instanceof ConfigException) {
      return "--bootstrap-servers: expected HOST:PORT, or several with commas between, but was '%s': %s"
          .formatted(bootstrapServers, cause.getMessage());
    }
    if (cause instanceof TimeoutException) {
      return "Kafka at %s does not answer: %s".formatted(bootstrapServers, cause.getMessage());
    }
    if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
      return "Kafka at %s refuses access: %s".formatted(bootstrapServers, cause.getMessage());
    }
    if (cause instanceof UnknownTopicOrPartitionException) {
      return "Kafka at %s: %s; edit setup makes the topics"
          .formatted(bootstrapServers, cause.getMessage());
    }
    return null;
  }
}
