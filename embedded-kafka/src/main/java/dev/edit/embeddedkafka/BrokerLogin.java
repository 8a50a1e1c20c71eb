package dev.edit.embeddedkafka;

import java.util.Map;

/**
 * The one login of a broker, by SASL/PLAIN.
 *
 * @param user letters, digits, {@code - _ .}
 * @param password the same
 */
public record BrokerLogin(String user, String password) {
  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required ";

  public BrokerLogin {
    require("user", user);
    require("password", password);
  }

  /** What a client sets to show it. */
  public Map<String, String> clientSettings() {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        MODULE + own() + ";");
  }

  /** The broker's own side: it shows the login to itself, and accepts it from others. */
  String brokerJaas() {
    return MODULE + own() + " user_" + user + "=\"" + password + "\";";
  }

  private String own() {
    return "username=\"" + user + "\" password=\"" + password + "\"";
  }

  private static void require(String field, String value) {
    if (!value.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "login." + field + ": expected letters, digits, '-', '_' or '.'");
    }
  }
}
