package dev.edit.trainer.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * The variables by which a worker sends its spans where the dispatcher sends its own. The trace
 * itself needs none: it follows from the run's id.
 */
final class WorkerTracing {
  private static final Logger LOG = Logger.getLogger(WorkerTracing.class);
  private static final String OTEL = "quarkus.otel.";
  private static final String HTTP = "http/protobuf";

  /** The dispatcher's keys, and the worker's variables that say the same. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          OTEL + "exporter.otlp.endpoint",
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          OTEL + "traces.sampler",
          "OTEL_TRACES_SAMPLER",
          OTEL + "traces.sampler.arg",
          "OTEL_TRACES_SAMPLER_ARG",
          "kafka.interceptor.classes",
          "KAFKA_INTERCEPTOR_CLASSES");

  /** Said either way, for a worker of this machine has the dispatcher's own variables too. */
  private static final String DISABLED = "OTEL_SDK_DISABLED";

  private WorkerTracing() {}

  /** Switches spans off where the dispatcher sends none, or sends them as a worker cannot. */
  static Map<String, String> environment(Config config) {
    if (config.getOptionalValue(OTEL + "sdk.disabled", Boolean.class).orElse(false)) {
      return Map.of(DISABLED, "true");
    }
    String protocol =
        config.getOptionalValue(OTEL + "exporter.otlp.protocol", String.class).orElse("grpc");
    if (!protocol.equals(HTTP)) {
      LOG.warnf(
          "workers send no spans: %sexporter.otlp.protocol is %s, they know %s only",
          OTEL, protocol, HTTP);
      return Map.of(DISABLED, "true");
    }
    Map<String, String> environment = new LinkedHashMap<>(Map.of(DISABLED, "false"));
    VARIABLES.forEach(
        (key, variable) ->
            config
                .getOptionalValue(key, String.class)
                .ifPresent(value -> environment.put(variable, value)));
    return environment;
  }
}
