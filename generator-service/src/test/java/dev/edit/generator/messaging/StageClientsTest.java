package dev.edit.generator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageClientsTest {
  private static final Map<String, Object> SECURE =
      Map.of(
          "bootstrap.servers", "127.0.0.1:1",
          "security.protocol", "SASL_SSL",
          "sasl.mechanism", "SCRAM-SHA-512",
          "sasl.jaas.config", "org.apache...ScramLoginModule required;",
          "ssl.truststore.location", "/trust.p12",
          "session.timeout.ms", "20000");

  private final StageClients clients = new StageClients(SECURE);

  @Test
  void shouldGiveEveryClientWhatTheClusterAsksFor() {
    for (Map<String, Object> settings :
        List.of(
            clients.memberSettings("group", 10),
            clients.producerSettings("id"),
            clients.adminSettings())) {
      assertThat(settings).containsAllEntriesOf(SECURE);
    }
  }

  @Test
  void shouldNotLetAnyoneChangeWhatThePromisesRestOn() {
    StageClients careless =
        new StageClients(
            Map.of(
                "bootstrap.servers", "127.0.0.1:1",
                "isolation.level", "read_uncommitted",
                "enable.auto.commit", "true",
                "enable.idempotence", "false",
                "acks", "0"));
    assertThat(careless.memberSettings("group", 10))
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("enable.auto.commit", false);
    assertThat(careless.producerSettings("id"))
        .containsEntry("transactional.id", "id")
        .containsEntry("enable.idempotence", true)
        .containsEntry("acks", "all");
  }

  @Test
  void shouldLeaveRoomForKeyAndFramingInTheLargestRequest() {
    assertThat(clients.largestRecord()).isEqualTo((1 << 20) - 4096);
    assertThat(
            new StageClients(
                    Map.of("bootstrap.servers", "127.0.0.1:1", "max.request.size", "2000000"))
                .largestRecord())
        .isEqualTo(2_000_000 - 4096);
  }
}
