package dev.edit.generator.it;

import dev.edit.generator.it.ChatServer.Response;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * A chat endpoint whose replies take time, without a thread each: {@link ScriptedChats}, and what a
 * plan adds to them.
 */
final class SlowChats implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final Plan plan;
  private final Map<String, AtomicInteger> arrivals = new ConcurrentHashMap<>();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final AtomicInteger out = new AtomicInteger();
  private final LongAccumulator mostOut = new LongAccumulator(Math::max, 0);

  /** When a call came, and with which key: empty without one. */
  record Call(long nanos, String key) {}

  /** What happens to a prompt's n-th arrival, from 1. */
  @FunctionalInterface
  interface Plan {
    Act act(String prompt, int arrival);
  }

  /**
   * What to do with a call.
   *
   * @param after how long it takes
   * @param response what is sent; null: the connection is cut
   */
  record Act(Duration after, Response response) {}

  /** Replies as scripted, each after the same time. */
  static Plan scripted(Duration after) {
    return (prompt, arrival) -> new Act(after, ScriptedChats.reply(prompt, arrival));
  }

  SlowChats(Plan plan) {
    this.plan = plan;
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(this::receive)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/v1";
  }

  /** Every call, in the order in which they came. */
  Queue<Call> calls() {
    return calls;
  }

  /** Calls that wait for their reply now. */
  int out() {
    return out.get();
  }

  long mostOut() {
    return mostOut.get();
  }

  /** Forgets the calls there were. */
  void restart() {
    calls.clear();
  }

  private static String key(HttpServerRequest request) {
    String header = request.getHeader("Authorization");
    return header == null ? "" : header.replace("Bearer ", "");
  }

  private void receive(HttpServerRequest request) {
    calls.add(new Call(System.nanoTime(), key(request)));
    mostOut.accumulate(out.incrementAndGet());
    request
        .body()
        .onSuccess(
            body -> {
              String prompt =
                  body.toJsonObject()
                      .getJsonArray("messages")
                      .getJsonObject(0)
                      .getString("content");
              int arrival =
                  arrivals.computeIfAbsent(prompt, p -> new AtomicInteger()).incrementAndGet();
              Act act = plan.act(prompt, arrival);
              vertx.setTimer(
                  Math.max(1, act.after.toMillis()), timer -> reply(request, act.response));
            });
  }

  private void reply(HttpServerRequest request, Response response) {
    out.decrementAndGet();
    if (response == null) {
      request.connection().close();
      return;
    }
    if (!request.response().closed()) {
      response.headers().forEach(request.response()::putHeader);
      request.response().setStatusCode(response.status()).end(response.body());
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
