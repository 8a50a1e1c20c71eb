package dev.edit.generator.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Maps in a Redis that workers share. Redis is connected to when it is first needed, and again
 * after it was away; what is asked of it meanwhile fails within {@link #PATIENCE}. Keys begin with
 * {@code edit:generator:}; how well they survive is for Redis's own persistence to say.
 */
final class RedisStore implements TextStore {
  private static final String PREFIX = "edit:generator:";
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int CONNECTIONS = 8;
  private static final int WAITING = 4_096;

  private final Redis client;
  private final RedisAPI redis;

  /**
   * A store that is not connected yet.
   *
   * @param url such as {@code redis://:password@host:6379/0}, or {@code rediss:} for TLS
   */
  RedisStore(Vertx vertx, URI url) {
    RedisOptions options =
        new RedisOptions()
            .setConnectionString(url.toString())
            .setMaxPoolSize(CONNECTIONS)
            .setMaxPoolWaiting(WAITING)
            .setMaxWaitingHandlers(WAITING);
    options.getNetClientOptions().setConnectTimeout((int) PATIENCE.toMillis());
    client = Redis.createClient(vertx, options);
    redis = RedisAPI.api(client);
  }

  @Override
  public CompletionStage<Optional<String>> get(String map, String key) {
    return patient(redis.get(name(map, key)))
        .thenApply(found -> Optional.ofNullable(found).map(Response::toString));
  }

  @Override
  public CompletionStage<Void> put(String map, String key, String value) {
    return patient(redis.set(List.of(name(map, key), value))).thenApply(done -> null);
  }

  @Override
  public CompletionStage<Long> add(String map, String key, long amount) {
    return patient(redis.incrby(name(map, key), Long.toString(amount))).thenApply(Response::toLong);
  }

  private static CompletionStage<Response> patient(Future<Response> answer) {
    return answer
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static String name(String map, String key) {
    return PREFIX + map + ":" + key;
  }

  @Override
  public void close() {
    client.close();
  }
}
