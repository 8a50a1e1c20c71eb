package dev.edit.generator.it;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.IntFunction;

/**
 * A chat endpoint whose every reply takes a fixed time, without a thread each. It replies as {@link
 * ScriptedChats} does, and knows how many calls were out at once.
 */
final class SlowChats implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final IntFunction<Duration> latency;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger out = new AtomicInteger();
  private final LongAccumulator mostOut = new LongAccumulator(Math::max, 0);
  private final AtomicLong first = new AtomicLong();
  private final AtomicLong last = new AtomicLong();

  /** A server whose n-th call, from 1, takes so long. */
  SlowChats(IntFunction<Duration> latency) {
    this.latency = latency;
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(this::answer)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/v1";
  }

  int calls() {
    return calls.get();
  }

  int answered() {
    return answered.get();
  }

  int out() {
    return out.get();
  }

  long mostOut() {
    return mostOut.get();
  }

  /** Measures from here on. */
  void restart() {
    calls.set(0);
    answered.set(0);
    first.set(0);
  }

  /** From the first call to the last reply. */
  double seconds() {
    return (last.get() - first.get()) / 1e9;
  }

  private void answer(HttpServerRequest request) {
    first.compareAndSet(0, System.nanoTime());
    int call = calls.incrementAndGet();
    mostOut.accumulate(out.incrementAndGet());
    request.response().closeHandler(closed -> out.decrementAndGet());
    request
        .body()
        .onSuccess(
            body ->
                vertx.setTimer(
                    Math.max(1, latency.apply(call).toMillis()),
                    timer -> reply(request, body.toJsonObject(), call)));
  }

  private void reply(HttpServerRequest request, JsonObject body, int call) {
    String prompt = body.getJsonArray("messages").getJsonObject(0).getString("content");
    ChatServer.Response response = ScriptedChats.reply(prompt, call);
    request.response().closeHandler(null);
    out.decrementAndGet();
    answered.incrementAndGet();
    last.set(System.nanoTime());
    request.response().setStatusCode(response.status()).end(response.body());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
