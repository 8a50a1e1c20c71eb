package dev.edit.generator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;

/** The broker's address; without it the process does not start, whatever Quarkus would assume. */
@ConfigMapping(prefix = "kafka")
public interface KafkaAddress {
  /** Host and port of one or more brokers. */
  @WithName("bootstrap.servers")
  String bootstrapServers();
}
