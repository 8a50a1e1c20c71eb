package dev.edit.evaluator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.Problem;
import dev.edit.evaluator.domain.Attempts;
import dev.edit.evaluator.domain.Benchmark;
import dev.edit.evaluator.domain.Decoding;
import dev.edit.evaluator.domain.Examination;
import dev.edit.evaluator.domain.Question;
import dev.edit.evaluator.domain.Respondent;
import dev.edit.evaluator.domain.RespondentFailure;
import dev.edit.evaluator.domain.Response;
import dev.edit.evaluator.domain.Samples;
import dev.edit.openai.Backoff;
import dev.edit.openai.Endpoint;
import dev.edit.openai.OpenAiClient.Effort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that answers as vLLM would. */
class EndpointRespondentTest {
  private static final String KEY = "sk-secret-0123456789";

  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;

  /** A status and a body. */
  private record Sent(int status, String body) {}

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
  void shouldGradeWhatTheRunsModelSaysWhenAnExaminationIsHeld() {
    answering(
        request ->
            new Sent(
                200,
                request.get("prompt").textValue().startsWith("What")
                    ? completion("Therefore, the answer is 3.", "stop")
                    : completion("Three is", "length")));
    List<Problem> problems =
        List.of(
            Samples.problem("a", "sums", "in", Problem.Domain.IN),
            new Problem(
                "b", "sums", "Three?", "3", Problem.Split.TEST, Problem.Domain.IN, "in", null));
    Checkpoint checkpoint = Samples.checkpoint("edit-7", true, "uri", "sha", "tok");

    Evaluation evaluation;
    try (Respondent respondent = respondents("{run}-{stage}-{recipe}-{seed}").open(checkpoint)) {
      evaluation =
          Examination.hold(
                  checkpoint,
                  Benchmark.of(problems).get(0),
                  Samples.prompts().of("in"),
                  respondent,
                  Attempts.greedy("the-answer-is"))
              .evaluation(respondent.settings());
    }

    assertThat(evaluation.outcomes()).isEqualTo("10");
    assertThat(evaluation.overall()).isEqualTo(Evaluation.Score.of(1, 2, 1, 1));
    assertThat(evaluation.config())
        .containsEntry("respondent", "endpoint")
        .containsEntry("model", "edit-7-krsl-edit-7");
    assertThat(requests).hasSize(2);
    JsonNode request = requests.get(0);
    assertThat(request.get("model").textValue()).isEqualTo("edit-7-krsl-edit-7");
    assertThat(request.get("max_tokens").intValue()).isEqualTo(64);
    assertThat(request.get("temperature").doubleValue()).isZero();
    assertThat(request.get("n").intValue()).isOne();
    assertThat(request.has("seed")).isFalse();
  }

  @Test
  void shouldSendASeedOfItsOwnWithEachQuestionWhenDrawsDecide() {
    answering(request -> new Sent(200, completion(request.get("seed").asText(), "stop")));

    List<Response> responses =
        respond(
            List.of(new Question("a", Long.MIN_VALUE), new Question("a", -1), new Question("a", 0)),
            new Decoding(0.7, 0.95));

    assertThat(responses)
        .extracting(Response::text)
        .containsExactly("1073741824", "2147483647", "0");
    assertThat(requests.get(0).get("top_p").doubleValue()).isEqualTo(0.95);
  }

  @Test
  void shouldBeCutWhenThePromptLeavesNoRoom() {
    answering(
        request ->
            new Sent(
                400,
                "{'error':{'message':'This model\\u0027s maximum context length is 2048 tokens."
                    + "','type':'BadRequestError','code':400}}"));

    assertThat(respond(List.of(new Question("a", 0)), Decoding.GREEDY))
        .containsExactly(new Response("", Response.Finish.LENGTH));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404|{'error':{'message':'The model edit-7 does not exist'}}|endpoint-refused|1",
        "401|{'error':{'message':'bad key " + KEY + "'}}|endpoint-refused|1",
        "429|{'error':{'message':'busy'}}|endpoint-unavailable|3",
        "500|oops|endpoint-unavailable|3",
        "200|<html>|endpoint-malformed|1",
        "200|{'choices':[]}|endpoint-malformed|1"
      })
  void shouldFailTheWholeExaminationWhenTheEndpointDoesNotAnswer(
      int status, String body, String reason, int asked) {
    answering(request -> new Sent(status, body));

    assertThatThrownBy(() -> respond(List.of(new Question("a", 0)), Decoding.GREEDY))
        .isInstanceOfSatisfying(
            RespondentFailure.class, failure -> assertThat(failure.reason()).isEqualTo(reason))
        .hasMessageNotContaining(KEY);
    assertThat(requests).hasSize(asked);
  }

  @Test
  void shouldNameThePlaceWhenTheModelsNameHasAnUnknownOne() {
    assertThatThrownBy(() -> respondents("{run}/{epoch}"))
        .hasMessage(
            "edit.evaluator.endpoint.model: unknown place {epoch}; expected one of [recipe, run,"
                + " seed, stage]");
  }

  private void answering(Function<JsonNode, Sent> answer) {
    server.createContext(
        "/v1/completions",
        exchange -> {
          JsonNode request = new ObjectMapper().readTree(exchange.getRequestBody());
          requests.add(request);
          Sent sent = answer.apply(request);
          byte[] body = sent.body().replace('\'', '"').getBytes(StandardCharsets.UTF_8);
          try (exchange) {
            exchange.sendResponseHeaders(sent.status(), body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  private List<Response> respond(List<Question> questions, Decoding decoding) {
    try (Respondent respondent =
        respondents("{run}").open(Samples.checkpoint("edit-7", true, "uri", "sha", "tok"))) {
      return respondent.respond(questions, decoding);
    }
  }

  private EndpointRespondents respondents(String model) {
    Backoff backoff =
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(2), () -> 0);
    return new EndpointRespondents(
        new Endpoint(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"),
            model,
            Optional.of(new Endpoint.ApiKey("Authorization", KEY)),
            Map.of(),
            Duration.ofSeconds(20)),
        new Effort(4, 2, backoff),
        64);
  }

  private static String completion(String text, String finish) {
    return "{'choices':[{'index':0,'text':'%s','finish_reason':'%s'}]}".formatted(text, finish);
  }
}
