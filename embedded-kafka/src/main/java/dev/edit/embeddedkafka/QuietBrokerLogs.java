package dev.edit.embeddedkafka;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the life cycle lines of the broker and its clients (thousands for a start) out of the log;
 * warnings and errors stay.
 *
 * <p>Works where SLF4J ends in java.util.logging or JBoss LogManager. A level that somebody has set
 * is kept.
 */
final class QuietBrokerLogs {
  /** Held, since java.util.logging forgets the level of a logger that nobody refers to. */
  private static final List<Logger> BROKER =
      List.of(
              "kafka",
              "state.change.logger",
              "org.apache.kafka.clients",
              "org.apache.kafka.common",
              "org.apache.kafka.controller",
              "org.apache.kafka.coordinator",
              "org.apache.kafka.image",
              "org.apache.kafka.metadata",
              "org.apache.kafka.network",
              "org.apache.kafka.queue",
              "org.apache.kafka.raft",
              "org.apache.kafka.server",
              "org.apache.kafka.snapshot",
              "org.apache.kafka.storage")
          .stream()
          .map(Logger::getLogger)
          .toList();

  /** Warns at every start that it starts. */
  private static final Logger ACTIVATION =
      Logger.getLogger("org.apache.kafka.controller.QuorumController");

  private QuietBrokerLogs() {}

  static void apply() {
    BROKER.forEach(logger -> setWhereUnset(logger, Level.WARNING));
    setWhereUnset(ACTIVATION, Level.SEVERE);
  }

  private static void setWhereUnset(Logger logger, Level level) {
    if (logger.getLevel() == null) {
      logger.setLevel(level);
    }
  }
}
