package dev.edit.trainer.worker;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.util.Map;

/**
 * A worker's spans go by OTLP (HTTP, protobuf) to where {@code OTEL_EXPORTER_OTLP_ENDPOINT} points;
 * without it there are none. What else OpenTelemetry's variables say of samplers, headers and
 * resources holds too.
 */
final class WorkerTelemetry implements AutoCloseable {
  /** The collector's address, without a path. */
  static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  private final OpenTelemetrySdk sdk;

  private WorkerTelemetry(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
  }

  /** Before the first span. */
  static WorkerTelemetry start() {
    return new WorkerTelemetry(System.getenv(ENDPOINT) == null ? null : sdk());
  }

  private static OpenTelemetrySdk sdk() {
    return AutoConfiguredOpenTelemetrySdk.builder()
        .addPropertiesSupplier(
            () ->
                Map.of(
                    "otel.service.name", "trainer-worker",
                    "otel.traces.exporter", "none",
                    "otel.metrics.exporter", "none",
                    "otel.logs.exporter", "none"))
        .addTracerProviderCustomizer((tracers, config) -> tracers.addSpanProcessor(sender(config)))
        // The worker's end is told by its own thread, which closes this.
        .disableShutdownHook()
        .setResultAsGlobal()
        .build()
        .getOpenTelemetrySdk();
  }

  private static SpanProcessor sender(ConfigProperties config) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(
                config.getString("otel.exporter.otlp.endpoint").replaceFirst("/*$", "")
                    + "/v1/traces");
    config.getMap("otel.exporter.otlp.headers").forEach(exporter::addHeader);
    return BatchSpanProcessor.builder(exporter.build()).build();
  }

  /** What was not sent yet is sent; that may take some seconds where nobody answers. */
  @Override
  public void close() {
    if (sdk != null) {
      sdk.close();
    }
  }
}
