package dev.edit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaEnvironmentTest {

  @Test
  void shouldNameTheSettingsOfClientsWhereVariablesHoldThem() {
    Map<String, String> environment =
        Map.of(
            "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
            "KAFKA_SASL_MECHANISM", "SCRAM-SHA-512",
            "KAFKA_SASL_JAAS_CONFIG", "org.example.Login required password=\"a_B\";",
            "KAFKA_SSL_TRUSTSTORE_LOCATION", "/etc/kafka/ca.p12");

    assertThat(KafkaEnvironment.access(environment))
        .containsOnly(
            Map.entry("security.protocol", "SASL_SSL"),
            Map.entry("sasl.mechanism", "SCRAM-SHA-512"),
            Map.entry("sasl.jaas.config", "org.example.Login required password=\"a_B\";"),
            Map.entry("ssl.truststore.location", "/etc/kafka/ca.p12"));
  }

  @Test
  void shouldPassOverWhatIsNotOfAccess() {
    Map<String, String> environment =
        Map.of(
            "KAFKA_HEAP_OPTS", "-Xmx1g",
            "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092",
            "SASL_MECHANISM", "PLAIN",
            "KAFKA_ACKS", "0");

    assertThat(KafkaEnvironment.access(environment)).isEmpty();
  }
}
