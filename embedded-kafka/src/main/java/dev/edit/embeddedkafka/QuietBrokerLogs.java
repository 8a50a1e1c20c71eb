package dev.edit.embeddedkafka;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the broker's life cycle lines (thousands for a start) out of the log; warnings and errors
 * stay.
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
              "org.apache.kafka.common.config",
              "org.apache.kafka.common.metrics",
              "org.apache.kafka.common.utils.AppInfoParser",
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

  private QuietBrokerLogs() {}

  static void apply() {
    for (Logger logger : BROKER) {
      if (logger.getLevel() == null) {
        logger.setLevel(Level.WARNING);
      }
    }
  }
}
