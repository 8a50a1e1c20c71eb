package dev.edit.generator.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.edit.contracts.TeacherUsage;
import dev.edit.generator.domain.teacher.ChatMessage;
import dev.edit.generator.domain.teacher.ChatRequest;
import dev.edit.generator.domain.teacher.Reply;
import dev.edit.generator.domain.teacher.Reply.Flaw;
import dev.edit.generator.domain.teacher.Sampling;
import dev.edit.openai.Endpoint;
import dev.edit.openai.Endpoint.ApiKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTeacherTest {
  private static final String KEY = "sk-canary-0123456789";

  private final Scheduler scheduler = new Scheduler();
  private final AtomicReference<String> received = new AtomicReference<>();
  private final AtomicReference<String> authorization = new AtomicReference<>();
  private final AtomicReference<Headers> sent = new AtomicReference<>();
  private final List<Integer> heard = new ArrayList<>();
  private HttpServer server;
  private Dialect dialect = Dialect.usual();
  private String keyHeader = "Authorization";
  private Map<String, String> headers = Map.of();
  private int status = 200;
  private String body = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::reply);
    server.start();
  }

  private void reply(HttpExchange exchange) throws IOException {
    received.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
    sent.set(exchange.getRequestHeaders());
    exchange.getResponseHeaders().add("retry-after", "7");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    scheduler.close();
  }

  @Test
  void shouldReadTextAndUsageWhenTheEndpointAnswers() {
    body = completion("Fine.\\nTherefore, the answer is 4.", "stop");
    assertThat(ask())
        .isEqualTo(
            new Reply.Answered(
                "Fine.\nTherefore, the answer is 4.", new TeacherUsage("gpt-test-1", 11, 7)));
    assertThat(received.get())
        .isEqualTo(
            "{\"model\":\"gpt-test\",\"messages\":[{\"role\":\"user\",\"content\":\"2 + 2\"}],"
                + "\"temperature\":0.2,\"top_p\":1.0,\"max_tokens\":64,\"n\":1}");
    assertThat(authorization.get()).isEqualTo("Bearer " + KEY);
  }

  @Test
  void shouldReportTheFlawWhenACompletionIsUnusable() {
    body = completion("cut of", "length");
    assertThat(ask()).extracting(Reply::outcome).isEqualTo("truncated");
    body = completion("", "content_filter");
    assertThat(ask()).extracting(Reply::outcome).isEqualTo("filtered");
    body = completion(" ", "stop");
    assertThat(ask()).extracting(Reply::outcome).isEqualTo("empty");
    body = "{\"choices\":[{\"message\":{\"content\":null,\"reasoning_content\":\"hm\"}}]}";
    assertThat(ask()).extracting(Reply::outcome).isEqualTo("empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<html>502</html>", "{", "", "null", "[]", "{\"choices\":[]}", "{\"choices\":7}"})
  void shouldReportAMalformedReplyWhenTheBodyIsNoCompletion(String garbage) {
    body = garbage;
    assertThat(ask()).extracting(Reply::outcome).isEqualTo("malformed");
  }

  @Test
  void shouldCutTheBodyOffWhenItIsFarTooLong() {
    body = "x".repeat(5 << 20);
    assertThat(ask())
        .isInstanceOfSatisfying(
            Reply.Unusable.class, reply -> assertThat(reply.flaw()).isEqualTo(Flaw.OVERSIZE));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 409, 429, 500, 502, 503, 529})
  void shouldBeUnavailableWhenTheStatusMayPass(int passing) {
    status = passing;
    body = "{\"error\":{\"message\":\"busy\"}}";
    assertThat(ask())
        .isEqualTo(
            new Reply.Unavailable(
                "HTTP status " + passing + ": busy", Optional.of(Duration.ofSeconds(7))));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 422})
  void shouldBeRefusedWithoutTheKeyWhenTheStatusWillNotPass(int refusing) {
    status = refusing;
    body = "{\"error\":{\"message\":\"bad key " + KEY + "\"}}";
    assertThat(ask()).isEqualTo(new Reply.Refused(refusing, "bad key ***"));
  }

  @Test
  void shouldBeUnavailableWhenNobodyListens() {
    server.stop(0);
    assertThat(ask()).isInstanceOf(Reply.Unavailable.class);
  }

  @Test
  void shouldBeUnavailableWhenTheReplyTakesTooLong() {
    CountDownLatch hold = new CountDownLatch(1);
    server.createContext(
        "/v1/slow/chat/completions",
        exchange -> {
          try {
            hold.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    assertThat(ask(url("/v1/slow/"), Duration.ofMillis(50)))
        .isEqualTo(new Reply.Unavailable("no reply within PT0.05S", Optional.empty()));
    hold.countDown();
  }

  @Test
  void shouldLeaveTheKeyOutOfItsTextForm() {
    assertThat(endpoint(url("/v1"), Duration.ofSeconds(1)).toString()).doesNotContain(KEY);
  }

  @Test
  void shouldKeepTheQueryWhenTheUrlHasOne() {
    assertThat(
            endpoint(URI.create("https://host/d/m?api-version=1"), Duration.ofSeconds(1))
                .resource("/chat/completions"))
        .isEqualTo(URI.create("https://host/d/m/chat/completions?api-version=1"));
  }

  @Test
  void shouldSpeakThePlainStyleWhenItIsAskedTo() {
    dialect =
        new Dialect(
            Dialect.Style.COMPLETION,
            Dialect.MaxTokensField.MAX_TOKENS,
            List.of("Q:", "\n\n"),
            OptionalLong.of(41),
            Dialect.Reasoning.LEAVE_OUT);
    server.createContext("/v1/completions", this::reply);
    body = "{\"choices\":[{\"text\":\" four\",\"finish_reason\":\"stop\"}]}";
    assertThat(ask()).isEqualTo(new Reply.Answered(" four", new TeacherUsage("gpt-test", 0, 0)));
    assertThat(received.get())
        .isEqualTo(
            "{\"model\":\"gpt-test\",\"prompt\":\"2 + 2\",\"temperature\":0.2,\"top_p\":1.0,"
                + "\"max_tokens\":64,\"n\":1,\"stop\":[\"Q:\",\"\\n\\n\"],\"seed\":41}");
    body = "{\"choices\":[{\"message\":{\"content\":\"chat\"}}]}";
    assertThat(ask()).extracting(Reply::outcome).isEqualTo("malformed");
  }

  @Test
  void shouldSendTheLimitUnderTheOtherNameWhenItIsAskedTo() {
    dialect =
        new Dialect(
            Dialect.Style.CHAT,
            Dialect.MaxTokensField.MAX_COMPLETION_TOKENS,
            List.of(),
            OptionalLong.empty(),
            Dialect.Reasoning.LEAVE_OUT);
    body = completion("four", "stop");
    ask();
    assertThat(received.get())
        .contains("\"max_completion_tokens\":64")
        .doesNotContain("\"max_tokens\"");
  }

  @Test
  void shouldSendTheBareKeyInAnotherHeaderWhenTheEndpointWantsItThere() {
    keyHeader = "api-key";
    headers = Map.of("X-Team", "distillation");
    body = completion("four", "stop");
    ask();
    assertThat(authorization.get()).isNull();
    assertThat(sent.get().getFirst("api-key")).isEqualTo(KEY);
    assertThat(sent.get().getFirst("X-Team")).isEqualTo("distillation");
    status = 401;
    body = "bad headers distillation and " + KEY;
    assertThat(ask()).isEqualTo(new Reply.Refused(401, "bad headers *** and ***"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LEAVE_OUT | \"content\":\"So 4.\",\"reasoning_content\":\"Two and two.\" | So 4.",
        "INCLUDE | \"content\":\"So 4.\",\"reasoning_content\":\"Two and two.\" | Two and two./So 4.",
        "INCLUDE | \"content\":\"So 4.\",\"reasoning\":\"Two and two.\" | Two and two./So 4.",
        "LEAVE_OUT | \"content\":\"<think>Two and two.</think> So 4.\" | So 4.",
        "INCLUDE | \"content\":\"<think>Two and two.</think> So 4.\" | Two and two./So 4.",
        "INCLUDE | \"content\":\"So 4.\" | So 4."
      })
  void shouldTakeReasoningForTheTextOnlyWhenToldTo(
      Dialect.Reasoning rule, String message, String text) {
    dialect =
        new Dialect(
            Dialect.Style.CHAT,
            Dialect.MaxTokensField.MAX_TOKENS,
            List.of(),
            OptionalLong.empty(),
            rule);
    body = "{\"choices\":[{\"message\":{" + message + "}}]}";
    assertThat(ask())
        .isInstanceOfSatisfying(
            Reply.Answered.class,
            answer -> assertThat(answer.text()).isEqualTo(text.replace("/", "\n")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"content\":\"<think>Two and two\"",
        "\"content\":\"<think>Two and two</think>  \"",
        "\"content\":null,\"reasoning_content\":\"Two and two\""
      })
  void shouldFindNoAnswerWhenThereIsOnlyReasoning(String message) {
    body = "{\"choices\":[{\"message\":{" + message + "}}]}";
    assertThat(ask()).extracting(Reply::outcome).isEqualTo("empty");
  }

  @Test
  void shouldCallAPromptFilteredWhenTheEndpointRefusesItForItsContent() {
    status = 400;
    body = "{\"error\":{\"code\":\"content_filter\",\"message\":\"policy\"}}";
    assertThat(ask()).extracting(Reply::outcome).isEqualTo("filtered");
    status = 200;
    body = "{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"I cannot\"}}]}";
    assertThat(ask()).extracting(Reply::outcome).isEqualTo("filtered");
  }

  @Test
  void shouldCallATextOversizeWhenNoChainOfThoughtIsThatLong() {
    body = completion("x".repeat(100_001), "stop");
    assertThat(ask())
        .isInstanceOfSatisfying(
            Reply.Unusable.class,
            reply -> {
              assertThat(reply.flaw()).isEqualTo(Flaw.OVERSIZE);
              assertThat(reply.usage().completionTokens()).as("it was paid for").isEqualTo(7);
            });
  }

  @Test
  void shouldTellTheListenerEveryStatus() {
    body = completion("four", "stop");
    ask();
    status = 429;
    ask();
    assertThat(heard).containsExactly(200, 429);
  }

  @Test
  void shouldNotRepeatTheKeyWhenABrokenBodyDoes() {
    body = "{\"choices\":[],\"echo\":\"" + KEY + "\"}";
    assertThat(ask())
        .isInstanceOfSatisfying(
            Reply.Unusable.class, reply -> assertThat(reply.message()).doesNotContain(KEY));
  }

  private static String completion(String content, String finish) {
    return """
        {"model":"gpt-test-1","choices":[{"message":{"role":"assistant","content":"%s",
        "reasoning_content":"hm"},"finish_reason":"%s"}],
        "usage":{"prompt_tokens":11,"completion_tokens":7}}"""
        .formatted(content, finish);
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private Endpoint endpoint(URI url, Duration timeout) {
    return new Endpoint(url, "gpt-test", Optional.of(new ApiKey(keyHeader, KEY)), headers, timeout);
  }

  private Reply ask() {
    return ask(url("/v1"), Duration.ofSeconds(20));
  }

  private Reply ask(URI url, Duration timeout) {
    return new HttpTeacher(
            HttpClient.newHttpClient(),
            endpoint(url, timeout),
            dialect,
            scheduler,
            Clock.systemUTC(),
            (status, headers) -> heard.add(status))
        .ask(new ChatRequest(List.of(ChatMessage.user("2 + 2")), new Sampling(0.2, 1, 64), 1))
        .toCompletableFuture()
        .join();
  }
}
