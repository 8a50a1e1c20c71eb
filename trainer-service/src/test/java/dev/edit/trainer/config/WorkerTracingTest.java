package dev.edit.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerTracingTest {
  private static final Map<String, String> OFF = Map.of("OTEL_SDK_DISABLED", "true");

  private static Map<String, String> environment(Map<String, String> keys) {
    return WorkerTracing.environment(
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(keys, "test", 100))
            .build());
  }

  @Test
  void shouldHandOnWhereAndHowManySpansAreSent() {
    assertThat(
            environment(
                Map.of(
                    "quarkus.otel.sdk.disabled", "false",
                    "quarkus.otel.exporter.otlp.protocol", "http/protobuf",
                    "quarkus.otel.exporter.otlp.endpoint", "http://collector:4318",
                    "quarkus.otel.traces.sampler", "traceidratio",
                    "quarkus.otel.traces.sampler.arg", "0.01",
                    "kafka.interceptor.classes", "dev.edit.tracing.RecordTracing")))
        .containsOnly(
            Map.entry("OTEL_SDK_DISABLED", "false"),
            Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"),
            Map.entry("OTEL_TRACES_SAMPLER", "traceidratio"),
            Map.entry("OTEL_TRACES_SAMPLER_ARG", "0.01"),
            Map.entry("KAFKA_INTERCEPTOR_CLASSES", "dev.edit.tracing.RecordTracing"));
  }

  @Test
  void shouldSwitchSpansOffWhenTheDispatcherSendsNoneOrByGrpc() {
    assertThat(environment(Map.of("quarkus.otel.sdk.disabled", "true"))).isEqualTo(OFF);
    assertThat(environment(Map.of("quarkus.otel.exporter.otlp.endpoint", "http://collector:4317")))
        .isEqualTo(OFF);
  }
}
