package dev.edit.systemtests.deployment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An OTLP endpoint (HTTP, protobuf) that keeps the spans it is sent. */
final class TraceCollector implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Queue<ExportTraceServiceRequest> requests = new ConcurrentLinkedQueue<>();

  private TraceCollector(HttpServer server) {
    this.server = server;
    server.createContext("/v1/traces", this::take);
    server.setExecutor(threads);
    server.start();
  }

  static TraceCollector start() throws IOException {
    return new TraceCollector(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void take(HttpExchange exchange) throws IOException {
    requests.add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /** The names of the spans of each trace. */
  Map<String, Set<String>> spansOfTraces() {
    Map<String, Set<String>> spans = new HashMap<>();
    requests.stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .forEach(
            span ->
                spans
                    .computeIfAbsent(
                        HexFormat.of().formatHex(span.getTraceId().toByteArray()),
                        trace -> new TreeSet<>())
                    .add(span.getName()));
    return spans;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
