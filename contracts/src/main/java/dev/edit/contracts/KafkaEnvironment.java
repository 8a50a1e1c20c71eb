package dev.edit.contracts;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How Kafka is reached beyond its address: what the environment says of encryption and credentials.
 * {@code KAFKA_SASL_MECHANISM} sets {@code sasl.mechanism} of every client, and so do the other
 * variables that begin with {@code KAFKA_SECURITY_}, {@code KAFKA_SASL_} and {@code KAFKA_SSL_}:
 * the names under which Quarkus reads them too. Other variables are not of access and are passed
 * over.
 *
 * <p>The environment and not a parameter, so that a secret has one way into every process of the
 * system, services, training workers and the command line alike, and stands in no argument list.
 */
public final class KafkaEnvironment {
  private static final String PREFIX = "KAFKA_";

  private KafkaEnvironment() {}

  /**
   * A client's settings: what this process's environment says of access, and what the client wants
   * itself, which wins.
   */
  public static Map<String, Object> with(Map<String, ?> own) {
    Map<String, Object> settings = new TreeMap<>(access());
    settings.putAll(own);
    return settings;
  }

  /** What this process's environment says of access; often nothing. */
  public static Map<String, String> access() {
    return access(System.getenv());
  }

  /** The settings of clients that an environment's variables name. */
  public static Map<String, String> access(Map<String, String> environment) {
    Map<String, String> settings = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            String key = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
            if (isOfAccess(key)) {
              settings.put(key, value);
            }
          }
        });
    return settings;
  }

  private static boolean isOfAccess(String key) {
    return key.startsWith("security.") || key.startsWith("sasl.") || key.startsWith("ssl.");
  }
}
