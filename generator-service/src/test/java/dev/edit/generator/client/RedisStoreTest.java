package dev.edit.generator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.edit.generator.domain.stage.ScriptedTeacher;
import dev.edit.generator.domain.teacher.ChatMessage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Sampling;
import dev.edit.generator.domain.teacher.Teacher;
import dev.edit.generator.metrics.GeneratorMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real redis-server; skipped, with the reason, where none is installed. */
class RedisStoreTest {
  private static final Reply ANSWER = new Reply.Answered("four\n✓", ScriptedTeacher.USAGE);

  @TempDir Path folder;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Vertx vertx = Vertx.vertx();
  private int port;
  private Process server;

  @BeforeEach
  void start() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    server = serve();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.destroyForcibly();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void shouldShareRepliesAndCountersBetweenWorkers() {
    try (RedisStore one = store();
        RedisStore other = store()) {
      ScriptedTeacher teacher = new ScriptedTeacher(ANSWER);
      awaitRedis(one);
      assertThat(ask(teacher, one)).isEqualTo(ANSWER);
      assertThat(ask(teacher, other)).isEqualTo(ANSWER);
      assertThat(teacher.asked()).as("bought once").hasSize(1);
      assertThat(one.get("replies", "none").toCompletableFuture().join()).isEmpty();
      one.add("ledger", "tokens", 40).toCompletableFuture().join();
      assertThat(other.add("ledger", "tokens", 2).toCompletableFuture().join()).isEqualTo(42);
    }
  }

  @Test
  void shouldBuyAgainAndComeBackWhenRedisWasAway() throws Exception {
    try (RedisStore store = store()) {
      ScriptedTeacher teacher = new ScriptedTeacher(ANSWER, ANSWER, ANSWER);
      server.destroyForcibly().waitFor();
      assertThat(ask(teacher, store)).isEqualTo(ANSWER);
      assertThat(registry.get("edit.generator.cache.read.failures").counter().count()).isOne();
      assertThat(registry.get("edit.generator.cache.write.failures").counter().count()).isOne();
      server = serve();
      awaitRedis(store);
      ask(teacher, store);
      ask(teacher, store);
      assertThat(teacher.asked()).as("kept again").hasSize(2);
    }
  }

  @Test
  void shouldUseTheFolderFirstWhenThereIsOneToo() throws Exception {
    ScriptedTeacher teacher = new ScriptedTeacher(ANSWER);
    try (TextStore both =
        Stores.open(Optional.of(folder.resolve("own")), Optional.of(url()), vertx).orElseThrow()) {
      awaitRedis(both);
      ask(teacher, both);
      server.destroyForcibly().waitFor();
      assertThat(ask(teacher, both)).isEqualTo(ANSWER);
    }
    assertThat(teacher.asked()).hasSize(1);
  }

  private static void awaitRedis(TextStore store) {
    await()
        .until(
            () ->
                store
                    .add("test", "ready", 0)
                    .handle((sum, failure) -> failure == null)
                    .toCompletableFuture()
                    .join());
  }

  private Process serve() throws IOException {
    Optional<Path> program =
        Stream.of("/usr/bin/redis-server", "/usr/local/bin/redis-server")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    assumeThat(program).as("redis-server is not installed").isPresent();
    return new ProcessBuilder(
            program.orElseThrow().toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("redis.log").toFile())
        .start();
  }

  private URI url() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  private RedisStore store() {
    return new RedisStore(vertx, url());
  }

  private Reply ask(ScriptedTeacher teacher, TextStore store) {
    StoredReplies replies = new StoredReplies(store, new ReplyKey("model", "parameters"));
    GeneratorMetrics metrics = new GeneratorMetrics(registry);
    Teacher booked = new BookedTeacher(teacher, List.of(replies), metrics);
    return new CachingTeacher(booked, replies, metrics)
        .ask(new ChatRequest(List.of(ChatMessage.user("2 + 2")), new Sampling(0.2, 1, 10), 1))
        .toCompletableFuture()
        .join();
  }
}
