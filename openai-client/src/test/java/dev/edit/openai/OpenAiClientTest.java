package dev.edit.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.edit.openai.OpenAiClient.Effort;
import dev.edit.openai.OpenAiClient.Request;
import dev.edit.openai.Reply.Answer;
import dev.edit.openai.Reply.Finish;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that says what the test wants, as vLLM would. */
class OpenAiClientTest {
  private static final String KEY = "sk-secret-0123456789";
  private static final Prompt PROMPT = new Prompt.Text("1 + 2?\n");

  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private HttpServer server;

  /** What the server does with one request. */
  @FunctionalInterface
  private interface Answering {
    void to(HttpExchange exchange, int number) throws IOException, InterruptedException;
  }

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldSendWhatVllmReadsWhenATextIsToBeGoneOnWith() throws Exception {
    answering((exchange, n) -> send(exchange, 200, completion("3", "stop")));

    Reply reply;
    try (OpenAiClient client = client(0)) {
      reply = client.ask(PROMPT, new Sampling(64, 0.7, 0.95, 1, OptionalLong.of(7)));
    }

    assertThat(reply).isEqualTo(new Reply.Answers(List.of(new Answer("3", Finish.STOP)), 5, 2));
    assertThat(paths).containsExactly("/v1/completions Bearer " + KEY);
    assertThat(requests.get(0))
        .isEqualTo(
            json(
                "{'model':'edit-7','prompt':'1 + 2?\\n','max_tokens':64,'temperature':0.7,"
                    + "'top_p':0.95,'n':1,'seed':7}"));
  }

  @Test
  void shouldSendMessagesWhenAConversationIsToBeAnswered() throws Exception {
    answering(
        (exchange, n) ->
            send(
                exchange,
                200,
                "{'choices':[{'message':{'content':'fine'},'finish_reason':'length'}]}"));

    Reply reply;
    try (OpenAiClient client = client(0)) {
      reply = client.ask(Prompt.Chat.user("How?"), Sampling.greedy(9));
    }

    assertThat(reply)
        .isEqualTo(new Reply.Answers(List.of(new Answer("fine", Finish.LENGTH)), 0, 0));
    assertThat(paths).containsExactly("/v1/chat/completions Bearer " + KEY);
    assertThat(requests.get(0).get("messages"))
        .isEqualTo(json("[{'role':'user','content':'How?'}]"));
    assertThat(requests.get(0).has("seed")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 409, 429, 500, 503})
  void shouldAskAgainWhenTheEndpointHasNoTime(int status) throws Exception {
    answering(
        (exchange, n) -> {
          if (n < 3) {
            exchange.getResponseHeaders().add("retry-after-ms", "40");
            send(exchange, status, "{'error':{'message':'busy'}}");
          } else {
            send(exchange, 200, completion("3", "stop"));
          }
        });

    try (OpenAiClient client = client(2)) {
      assertThat(client.ask(PROMPT, Sampling.greedy(9))).isInstanceOf(Reply.Answers.class);
    }
    assertThat(waits).containsExactly(Duration.ofMillis(40), Duration.ofMillis(40));
  }

  @Test
  void shouldGiveUpWhenAllTriesFail() throws Exception {
    answering((exchange, n) -> send(exchange, 500, "{'error':{'message':'no " + KEY + "'}}"));

    try (OpenAiClient client = client(3)) {
      assertThat(client.ask(PROMPT, Sampling.greedy(9)))
          .isEqualTo(new Reply.Unavailable("HTTP status 500: no ***", Optional.empty()));
    }
    assertThat(requests).hasSize(4);
    assertThat(waits)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 422})
  void shouldAskOnceWhenTheEndpointRefuses(int status) throws Exception {
    answering((exchange, n) -> send(exchange, status, "{'error':{'message':'no such model'}}"));

    try (OpenAiClient client = client(3)) {
      assertThat(client.ask(PROMPT, Sampling.greedy(9)))
          .isEqualTo(new Reply.Refused(status, "no such model"));
    }
    assertThat(requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>502</html>",
        "",
        "{}",
        "[]",
        "{'choices':[]}",
        "{'choices':[{'finish_reason':'stop'}]}",
        "{'choices':[{'text':3}]}",
        "{'choices':[{'text':'a'},{'text':'b'}]}"
      })
  void shouldSayThatItIsNoReplyWhenTheBodyIsGarbage(String body) throws Exception {
    answering((exchange, n) -> send(exchange, 200, body));

    try (OpenAiClient client = client(3)) {
      assertThat(client.ask(PROMPT, Sampling.greedy(9))).isInstanceOf(Reply.Malformed.class);
    }
    assertThat(requests).hasSize(1);
  }

  @Test
  void shouldBeUnavailableWhenNobodyListens() throws Exception {
    try (OpenAiClient client = client(1)) {
      server.stop(0);
      assertThat(client.ask(PROMPT, Sampling.greedy(9))).isInstanceOf(Reply.Unavailable.class);
    }
    assertThat(waits).hasSize(1);
  }

  @Test
  void shouldBeUnavailableWhenTheBodyNeverEnds() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    answering(
        (exchange, n) -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          over.await();
        });

    try (OpenAiClient client = client(0, 1, Duration.ofMillis(300))) {
      assertThat(client.ask(PROMPT, Sampling.greedy(9)))
          .isEqualTo(new Reply.Unavailable("no reply within PT0.3S", Optional.empty()));
    } finally {
      over.countDown();
    }
  }

  @Test
  void shouldAskSoManyAtOnceAndAnswerInOrder() {
    AtomicInteger present = new AtomicInteger();
    List<Integer> seen = Collections.synchronizedList(new java.util.ArrayList<>());
    CountDownLatch three = new CountDownLatch(3);
    answering(
        (exchange, n) -> {
          seen.add(present.incrementAndGet());
          three.countDown();
          three.await(60, TimeUnit.SECONDS);
          present.decrementAndGet();
          String prompt = requests.get(n - 1).get("prompt").textValue();
          send(exchange, 200, completion("re " + prompt, "stop"));
        });

    List<Request> asked =
        IntStream.range(0, 20)
            .mapToObj(i -> new Request(new Prompt.Text("p" + i), Sampling.greedy(9)))
            .toList();
    List<String> answers;
    try (OpenAiClient client = client(0, 3, Duration.ofSeconds(90))) {
      answers = client.askAll(asked, reply -> ((Reply.Answers) reply).answers().get(0).text());
    }

    assertThat(answers)
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> "re p" + i).toList());
    assertThat(seen).hasSize(20).allMatch(at -> at <= 3).contains(3);
  }

  @Test
  void shouldGiveUpTheRestWhenOneCannotBeTaken() {
    answering((exchange, n) -> send(exchange, 401, "{}"));
    List<Request> many = Collections.nCopies(50, new Request(PROMPT, Sampling.greedy(9)));

    try (OpenAiClient client = client(0, 2, Duration.ofSeconds(20))) {
      assertThatThrownBy(
              () ->
                  client.askAll(
                      many,
                      reply -> {
                        throw new IllegalStateException(reply.toString());
                      }))
          .hasMessageContaining("401");
    }
    assertThat(requests).hasSizeLessThan(50);
  }

  @Test
  void shouldKeepItsKeyToItself() {
    assertThat(endpoint(Duration.ofSeconds(1)).toString()).doesNotContain(KEY);
  }

  private void answering(Answering answering) {
    AtomicInteger number = new AtomicInteger();
    server.createContext(
        "/",
        exchange -> {
          int n;
          synchronized (requests) {
            requests.add(new ObjectMapper().readTree(exchange.getRequestBody()));
            n = number.incrementAndGet();
          }
          paths.add(
              exchange.getRequestURI().getPath()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          try (exchange) {
            answering.to(exchange, n);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private OpenAiClient client(int retries) {
    return client(retries, 1, Duration.ofSeconds(20));
  }

  private OpenAiClient client(int retries, int concurrency, Duration timeout) {
    Backoff backoff =
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofSeconds(30), () -> 0);
    return new OpenAiClient(
        endpoint(timeout), new Effort(concurrency, retries, backoff), waits::add);
  }

  private Endpoint endpoint(Duration timeout) {
    return new Endpoint(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"),
        "edit-7",
        Optional.of(new Endpoint.ApiKey("Authorization", KEY)),
        Map.of(),
        timeout);
  }

  private static String completion(String text, String finish) {
    return ("{'choices':[{'text':'%s','finish_reason':'%s'}],"
            + "'usage':{'prompt_tokens':5,'completion_tokens':2}}")
        .formatted(text, finish);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
