package dev.edit.cli;

import picocli.CommandLine.Option;

/** Which Kafka a verb talks to. */
final class KafkaOption {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      required = true,
      defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS}",
      description = "The Kafka (default: KAFKA_BOOTSTRAP_SERVERS of the environment).")
  private String bootstrapServers;

  String bootstrapServers() {
    return bootstrapServers;
  }
}
