package dev.edit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code edit judge} with a judge that finds a number in each answer. */
class JudgeCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ANSWER = Pattern.compile("Answer (\\d):\\nquality (\\d+)");
  private static final Pattern QUESTION = Pattern.compile("Question \\d+\\?");
  private static final int PROBLEMS = 40;

  private final List<String> prompts = new CopyOnWriteArrayList<>();
  private final StringWriter err = new StringWriter();
  private HttpServer server;

  @TempDir private Path folder;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    write("std-cot-1", i -> "quality " + (2 + i % 2));
    write("edit-1", i -> "quality " + (7 + i % 3));
    List<String> references = new ArrayList<>();
    for (int i = 0; i < PROBLEMS; i++) {
      ObjectNode line = JSON.createObjectNode().put("cot", "reference of " + i);
      // Some are known by their id, others by their question.
      references.add(
          (i % 2 == 0 ? line.put("id", id(i)) : line.put("question", asked(i))).toString());
    }
    Files.write(folder.resolve("references.jsonl"), references);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldGiveEachStudentTheMeanOfItsScoresWhateverTheOrder() throws Exception {
    answering(JudgeCommandTest::honest);

    assertThat(judge("--seed=7")).as(err.toString()).isZero();

    List<JsonNode> lines = lines();
    assertThat(lines).hasSize(PROBLEMS);
    Set<String> orders = new HashSet<>();
    for (int i = 0; i < PROBLEMS; i++) {
      JsonNode line = lines.get(i);
      assertThat(line.at("/scores/edit-1").intValue()).isEqualTo(7 + i % 3);
      assertThat(line.at("/scores/std-cot-1").intValue()).isEqualTo(2 + i % 2);
      orders.add(line.get("order").toString());
    }
    assertThat(orders).hasSize(2);
    assertThat(prompts)
        .hasSize(PROBLEMS)
        .allSatisfy(prompt -> assertThat(prompt).doesNotContain("edit-1", "std-cot-1"))
        .anySatisfy(prompt -> assertThat(prompt).contains("reference of 3", "Question 3?"));
  }

  @Test
  void shouldAskTheSameInTheSameWordsWhenTheSeedIsTheSame() throws Exception {
    answering(JudgeCommandTest::honest);

    assertThat(judge("--seed=7")).as(err.toString()).isZero();
    Set<String> first = new HashSet<>(prompts);
    prompts.clear();
    assertThat(judge("--seed=7")).isZero();
    assertThat(new HashSet<>(prompts)).isEqualTo(first);
    prompts.clear();
    assertThat(judge("--seed=8")).isZero();
    assertThat(new HashSet<>(prompts)).isNotEqualTo(first);
  }

  @Test
  void shouldCountAndNotGuessWhenAReplyIsNotTheScores() throws Exception {
    answering(
        prompt ->
            prompt.contains("Question 3?")
                ? "{'message':{'content':'I would say 8 and 3.'},'finish_reason':'stop'}"
                : prompt.contains("Question 4?")
                    ? "{'message':{'content':null,'refusal':'No.'},'finish_reason':'stop'}"
                    : prompt.contains("Question 5?")
                        ? "{'message':{'content':'Score 1: 5'},'finish_reason':'length'}"
                        : honest(prompt));

    assertThat(judge()).as(err.toString()).isZero();

    List<JsonNode> lines = lines();
    assertThat(lines.get(3).get("outcome").textValue()).isEqualTo("unparsable");
    assertThat(lines.get(3).get("reply").textValue()).isEqualTo("I would say 8 and 3.");
    assertThat(lines.get(4).get("outcome").textValue()).isEqualTo("refused");
    assertThat(lines.get(5).get("outcome").textValue()).isEqualTo("truncated");
    assertThat(lines.stream().filter(line -> line.has("scores"))).hasSize(PROBLEMS - 3);
  }

  @Test
  void shouldFailAndWriteNothingWhenTheEndpointRefuses() {
    assertThat(judge()).isEqualTo(1);

    assertThat(err.toString()).contains("the judge's endpoint refused: HTTP status 404");
    assertThat(folder.resolve("judged.jsonl")).doesNotExist();
  }

  @Test
  void shouldAskOnlyForWhatIsMissingWhenTheEndpointDiedInTheMiddle() throws Exception {
    AtomicInteger left = new AtomicInteger(15);
    answering(prompt -> left.getAndDecrement() > 0 ? honest(prompt) : null);

    assertThat(judge("--retries=0", "--concurrency=1")).isEqualTo(1);

    Path kept = folder.resolve("judged.jsonl.kept");
    assertThat(err.toString())
        .contains("HTTP status 500", "; 15 verdicts are kept in " + kept, "the same command");
    assertThat(folder.resolve("judged.jsonl")).doesNotExist();

    // As a process that was killed while it wrote would leave it.
    List<String> lines = Files.readAllLines(kept);
    String torn = lines.get(14).substring(0, lines.get(14).length() / 2);
    Files.writeString(kept, String.join("\n", lines.subList(0, 14)) + "\n" + torn);
    prompts.clear();
    left.set(Integer.MAX_VALUE);

    assertThat(judge()).as(err.toString()).isZero();

    assertThat(questionsAsked()).hasSize(PROBLEMS - 14);
    assertThat(kept).doesNotExist();
    assertThat(lines())
        .hasSize(PROBLEMS)
        .allSatisfy(line -> assertThat(line.at("/scores/edit-1").intValue()).isBetween(7, 9))
        .isSortedAccordingTo(Comparator.comparing(line -> line.get("id").textValue()));
  }

  @Test
  void shouldAskEverythingAnewWhenWhatWasKeptIsOfOtherSettings() throws Exception {
    AtomicInteger left = new AtomicInteger(15);
    answering(prompt -> left.getAndDecrement() > 0 ? honest(prompt) : null);
    assertThat(judge("--retries=0", "--concurrency=1")).isEqualTo(1);
    prompts.clear();
    left.set(Integer.MAX_VALUE);

    assertThat(judge("--temperature=0.5")).as(err.toString()).isZero();

    assertThat(questionsAsked()).hasSize(PROBLEMS);
  }

  @Test
  void shouldNameThePlaceWhenTheWordsLackOne() throws Exception {
    Path words = Files.writeString(folder.resolve("words.txt"), "{question} {answers} {scores}");

    assertThat(judge("--prompt=" + words)).isEqualTo(1);

    assertThat(err.toString()).contains("words.txt: expected a place {reference}");
  }

  @Test
  void shouldSayWhatIsMissingWhenThereIsNothingToJudge() throws Exception {
    Files.writeString(folder.resolve("references.jsonl"), "{\"id\": \"other\", \"cot\": \"c\"}\n");

    assertThat(judge()).isEqualTo(1);

    assertThat(err.toString())
        .contains("nothing to judge: 0 problems are not answered by all, 40 have no reference");
  }

  /** Each once: a call that was under way when the first judging failed may still come in. */
  private Set<String> questionsAsked() {
    return prompts.stream()
        .flatMap(prompt -> QUESTION.matcher(prompt).results())
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  /** Finds the number in each answer. */
  private static String honest(String prompt) {
    StringBuilder scores = new StringBuilder();
    Matcher answer = ANSWER.matcher(prompt);
    while (answer.find()) {
      scores.append("Score ").append(answer.group(1)).append(": ").append(answer.group(2));
      scores.append("\\n");
    }
    return "{'message':{'content':'" + scores + "'},'finish_reason':'stop'}";
  }

  /** Answers as chosen; null is an error of the server. */
  private void answering(UnaryOperator<String> choice) {
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          JsonNode request = JSON.readTree(exchange.getRequestBody());
          String prompt = request.at("/messages/0/content").textValue();
          prompts.add(prompt);
          String reply = choice.apply(prompt);
          byte[] body =
              ("{'choices':[" + reply + "]}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
          try (exchange) {
            exchange.sendResponseHeaders(reply == null ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  private interface Text {
    String of(int problem);
  }

  private void write(String run, Text answer) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < PROBLEMS; i++) {
      ObjectNode line = JSON.createObjectNode();
      line.putObject("doc").put("id", id(i)).put("question", asked(i)).put("answer", "3");
      line.putArray("resps").addArray().add(answer.of(i));
      lines.add(line.toString());
    }
    Files.write(Files.createDirectories(folder.resolve(run)).resolve("samples_in.jsonl"), lines);
  }

  private static String id(int i) {
    return "sums/%02d".formatted(i);
  }

  private static String asked(int i) {
    return "Question " + i + "?";
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("judged.jsonl"))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private int judge(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "judge",
                "--samples=" + folder.resolve("edit-1/samples_in.jsonl"),
                "--samples=std-cot-1=" + folder.resolve("std-cot-1/samples_in.jsonl"),
                "--references=" + folder.resolve("references.jsonl"),
                "--teacher=http://127.0.0.1:" + server.getAddress().getPort() + "/v1",
                "--model=judge",
                "--json",
                "--output=" + folder.resolve("judged.jsonl")));
    arguments.addAll(List.of(more));
    CommandLine line = Edit.commandLine();
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments.toArray(String[]::new));
  }
}
