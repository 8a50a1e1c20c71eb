package dev.edit.trainer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A collector (OTLP by HTTP, protobuf) that keeps what it is sent in a folder, a file each. */
public class SpanResource implements QuarkusTestResourceLifecycleManager {
  static final String FOLDER = "test.spans";

  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      Path folder = Files.createTempDirectory("spans");
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/v1/traces", exchange -> take(exchange, folder));
      server.start();
      return Map.of(
          FOLDER,
          folder.toString(),
          "quarkus.otel.sdk.disabled",
          "false",
          "quarkus.otel.exporter.otlp.protocol",
          "http/protobuf",
          "quarkus.otel.exporter.otlp.endpoint",
          "http://127.0.0.1:" + server.getAddress().getPort(),
          "kafka.interceptor.classes",
          "dev.edit.tracing.RecordTracing");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void take(HttpExchange exchange, Path folder) throws IOException {
    Files.write(
        folder.resolve(UUID.randomUUID().toString()), exchange.getRequestBody().readAllBytes());
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /** The spans that were sent so far. */
  static List<Span> spans(Path folder) throws IOException {
    List<Span> spans = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        ExportTraceServiceRequest.parseFrom(Files.readAllBytes(file))
            .getResourceSpansList()
            .stream()
            .flatMap(resource -> resource.getScopeSpansList().stream())
            .forEach(scope -> spans.addAll(scope.getSpansList()));
      }
    }
    return spans;
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}
