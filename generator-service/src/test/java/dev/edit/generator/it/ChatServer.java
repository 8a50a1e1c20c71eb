package dev.edit.generator.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** A chat completions endpoint for tests: the reply is a function of the prompt. */
public final class ChatServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final BiFunction<String, Integer, Response> script;
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

  /** What to send. */
  public record Response(int status, Map<String, String> headers, String body) {
    static Response text(String text) {
      return finished(text, "stop");
    }

    static Response finished(String text, String reason) {
      return new Response(
          200,
          Map.of(),
          write(
              Map.of(
                  "model",
                  "scripted",
                  "choices",
                  List.of(
                      Map.of(
                          "message",
                          Map.of("role", "assistant", "content", text),
                          "finish_reason",
                          reason)),
                  "usage",
                  Map.of("prompt_tokens", 100, "completion_tokens", 20))));
    }

    static Response error(int status, Map<String, String> headers) {
      return new Response(
          status, headers, write(Map.of("error", Map.of("message", "status " + status))));
    }

    private static String write(Object value) {
      try {
        return JSON.writeValueAsString(value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A server whose script sees the prompt and how many times it has come, from 1. */
  public ChatServer(BiFunction<String, Integer, Response> script) throws IOException {
    this.script = script;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** How many calls came for prompts that hold a text. */
  public int calls(String text) {
    return calls.entrySet().stream()
        .filter(entry -> entry.getKey().contains(text))
        .mapToInt(entry -> entry.getValue().get())
        .sum();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String prompt =
          JSON.readTree(exchange.getRequestBody()).at("/messages/0/content").textValue();
      int call = calls.computeIfAbsent(prompt, p -> new AtomicInteger()).incrementAndGet();
      Response response = script.apply(prompt, call);
      response.headers().forEach(exchange.getResponseHeaders()::add);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(response.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
