package dev.edit.simulatedteacher.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class SimulatedTeacherResourceIT {
  private static final String SUM = "Q: What is 3 + 4 - 2?\\nA: Let's think step by step.";

  @Test
  void shouldAnswerInTheOpenAiShape() {
    ask(body(SUM, ""))
        .statusCode(200)
        .header("x-simulated", "true")
        .body("id", startsWith("simulated-"))
        .body("object", equalTo("chat.completion"))
        .body("model", equalTo("simulated-teacher"))
        .body("system_fingerprint", equalTo("simulated"))
        .body("choices", hasSize(1))
        .body("choices[0].index", equalTo(0))
        .body("choices[0].message.role", equalTo("assistant"))
        .body("choices[0].message.content", containsString("Therefore, the answer is"))
        .body("choices[0].finish_reason", equalTo("stop"))
        .body("usage.prompt_tokens", equalTo(21))
        .body("usage.completion_tokens", equalTo(23))
        .body("usage.total_tokens", equalTo(44));
  }

  @Test
  void shouldSayTheSameWhenExamplesOrOtherFieldsDiffer() {
    assertThat(content(body(SUM, "")))
        .isEqualTo(content(body(SUM, "")))
        .isEqualTo(content(body("Q: x\\nA: y\\n\\n" + SUM, ", \"user\": \"someone\"")));
  }

  @Test
  void shouldRectifyAndCorruptAlongTheSamePath() {
    String right =
        content(body("Q: What is 3 + 4 - 2?\\nH: The correct answer is 5.\\nA: Let's think.", ""));
    assertThat(right).endsWith("Therefore, the answer is 5.");
    String wrong =
        content(
            body(
                "Q: What is 3 + 4 - 2?\\n\\nRight Response: "
                    + right.replace("\n", "\\n")
                    + "\\n\\nWrong Response:",
                ""));
    assertThat(wrong).contains("Therefore, the answer is").doesNotEndWith("the answer is 5.");
    assertThat(wrong.lines()).hasSameSizeAs(right.lines().toList());
  }

  @Test
  void shouldGiveNoAnswerWhenTheQuestionIsUnknown() {
    assertThat(content(body("Q: Who wrote Hamlet?", "")))
        .startsWith("I do not know.")
        .doesNotContain("the answer is");
  }

  @Test
  void shouldListTheModel() {
    given()
        .get("/v1/models")
        .then()
        .statusCode(200)
        .header("x-simulated", "true")
        .body("object", equalTo("list"))
        .body("data.id", equalTo(List.of("simulated-teacher")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|400|body: expected JSON",
        "[]|400|body: expected a JSON object",
        "{}|400|model: expected",
        "{\"model\": \"gpt-4\"}|404|the only one here",
        "{\"model\": \"simulated-teacher\"}|400|messages: expected",
        "{\"model\": \"simulated-teacher\", \"messages\": []}|400|messages: expected",
        "{\"model\": \"simulated-teacher\", \"messages\": [{\"role\": \"user\"}]}"
            + "|400|messages.content: expected",
        "{\"model\": \"simulated-teacher\", \"messages\": [{\"role\": \"system\", \"content\":"
            + " \"x\"}]}|400|a message of role user",
        "{\"model\": \"simulated-teacher\", \"stream\": true}|400|stream: expected",
      })
  void shouldNameTheFieldWhenTheBodyIsBad(String body, int status, String message) {
    ask(body)
        .statusCode(status)
        .header("x-simulated", "true")
        .body("error.message", containsString(message))
        .body("error.type", equalTo("invalid_request_error"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"temperature\": \"hot\"|temperature: expected a number from 0 to 2",
        "\"temperature\": 3|temperature: expected a number from 0 to 2",
        "\"n\": 0|n: expected 1 to 16",
        "\"max_tokens\": 1.5|max_tokens: expected a whole number",
        "\"stop\": 7|stop: expected a text",
      })
  void shouldNameTheParameterWhenItIsBad(String field, String message) {
    ask(body(SUM, ", " + field)).statusCode(400).body("error.message", startsWith(message));
  }

  @Test
  void shouldRefuseForATimeWhenAskedFor429() {
    with("429")
        .statusCode(429)
        .header("Retry-After", "1")
        .header("retry-after-ms", "1000")
        .header("x-simulated", "true")
        .body("error.code", equalTo("rate_limit_exceeded"));
  }

  @Test
  void shouldFailWhenAskedFor500() {
    with("500")
        .statusCode(500)
        .body("error.type", equalTo("server_error"))
        .body("error.code", nullValue());
  }

  @Test
  void shouldEndHalfWayWhenAskedToTruncate() {
    with("truncate")
        .statusCode(200)
        .body("choices[0].finish_reason", equalTo("length"))
        .body("choices[0].message.content", not(containsString("the answer is")));
  }

  @Test
  void shouldMakeNoSenseWhenAskedForGarbage() {
    with("garbage")
        .statusCode(200)
        .body("choices[0].finish_reason", equalTo("stop"))
        .body("choices[0].message.content", not(containsString("the answer is")));
  }

  @Test
  void shouldSendAPageWhenAskedForAMalformedReply() {
    with("malformed")
        .statusCode(200)
        .header("x-simulated", "true")
        .contentType(ContentType.HTML)
        .body(containsString("<html>"));
  }

  @Test
  void shouldCutTheConnectionAndGoOnWhenAskedForAReset() {
    double before = faults("reset");
    assertThatThrownBy(() -> send("reset")).isInstanceOf(IOException.class);
    assertThat(faults("reset")).isEqualTo(before + 1);
    ask(body(SUM, "")).statusCode(200);
  }

  @Test
  void shouldNeverReplyWhenAskedFor() {
    double before = faults("no_reply");
    assertThatThrownBy(() -> send("no-reply")).isInstanceOf(HttpTimeoutException.class);
    assertThat(faults("no_reply")).isEqualTo(before + 1);
  }

  @Test
  void shouldNameTheHeaderWhenTheFaultIsUnknown() {
    with("418")
        .statusCode(400)
        .body("error.param", equalTo("x-simulate-fault"))
        .body("error.message", containsString("'418'"));
  }

  @Test
  void shouldHoldNoThreadWhenAnswersAreLate() {
    int requests = 100;
    URI uri = URI.create(url() + "/v1/chat/completions");
    HttpClient client = HttpClient.newHttpClient();
    long start = System.nanoTime();
    List<CompletableFuture<HttpResponse<String>>> calls =
        IntStream.range(0, requests)
            .mapToObj(
                i ->
                    client.sendAsync(
                        HttpRequest.newBuilder(uri)
                            .header("Content-Type", "application/json")
                            .header("x-simulate-fault", "delay=1s")
                            .POST(HttpRequest.BodyPublishers.ofString(body(SUM, "")))
                            .build(),
                        HttpResponse.BodyHandlers.ofString()))
            .toList();
    assertThat(calls).allMatch(call -> call.join().statusCode() == 200);
    double seconds = (System.nanoTime() - start) / 1e9;
    // One after the other they would take 100 s.
    assertThat(seconds).isBetween(1.0, 60.0);
  }

  @Test
  void shouldReportHealthAndMetrics() {
    ask(body(SUM, "")).statusCode(200);
    given().get("/q/health").then().statusCode(200).body("status", equalTo("UP"));
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("edit_simulated_teacher_requests_total{kind=\"cep\",outcome="))
        .body(containsString("edit_simulated_teacher_tokens_total{side=\"completion\"}"));
  }

  @Test
  void shouldReadTextPartsAndGiveSeveralChoices() {
    String parts =
        """
        {"model": "simulated-teacher", "n": 3, "messages": [
          {"role": "user", "content": [{"type": "text", "text": "Q: What is 3 + 4 - 2?"}]}]}
        """;
    ask(parts).statusCode(200).body("choices.size()", greaterThanOrEqualTo(3));
  }

  private static HttpResponse<String> send(String fault) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + chat()))
            .header("Content-Type", "application/json")
            .header("x-simulate-fault", fault)
            .timeout(Duration.ofMillis(500))
            .POST(HttpRequest.BodyPublishers.ofString(body(SUM, "")))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static double faults(String label) {
    String name = "edit_simulated_teacher_faults_total{fault=\"" + label + "\"} ";
    return given()
        .get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .sum();
  }

  private static String url() {
    return ConfigProvider.getConfig().getValue("test.url", String.class);
  }

  private static ValidatableResponse with(String fault) {
    return json().header("x-simulate-fault", fault).body(body(SUM, "")).post(chat()).then();
  }

  private static ValidatableResponse ask(String body) {
    return json().body(body).post(chat()).then();
  }

  private static RequestSpecification json() {
    return given().contentType(ContentType.JSON);
  }

  private static String chat() {
    return "/v1/chat/completions";
  }

  private static String content(String body) {
    Map<String, Object> message = ask(body).extract().path("choices[0].message");
    return (String) message.get("content");
  }

  private static String body(String prompt, String more) {
    return """
    {"model": "simulated-teacher", "temperature": 0.2, "messages": [
      {"role": "user", "content": "%s"}]%s}
    """
        .formatted(prompt, more);
  }
}
