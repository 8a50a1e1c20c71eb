package dev.edit.generator.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.contracts.Problem;
import dev.edit.contracts.grading.AnswerExtraction;
import dev.edit.generator.it.ChatServer.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A teacher that replays published chains of thought: a CEP prompt is answered with the text
 * recorded for its question, an AHP prompt with that text and the hinted answer in place of its
 * own. What was never recorded, and all CCP prompts, are refused with a 404.
 */
final class Replay {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPEN = "\nA: Let's think step by step.";
  private static final Pattern HINT = Pattern.compile("\\nH: The correct answer is (.*)\\.\\z");

  private final Map<String, String> questions = new HashMap<>();
  private final Map<String, String> recorded = new HashMap<>();
  private final Map<String, Sizes> published = new TreeMap<>();

  /**
   * What a task's annotation gives.
   *
   * @param right D+
   * @param wrong D-, by the publisher's count: whatever is not right
   * @param unanswered of the wrong ones, those without an answer
   */
  record Sizes(long right, long wrong, long unanswered) {
    Sizes plus(Sizes other) {
      return new Sizes(right + other.right, wrong + other.wrong, unanswered + other.unanswered);
    }
  }

  /**
   * Reads {@code <task>.jsonl} and {@code <task>.accuracy.json} files.
   *
   * @param problems the questions as they will be asked; a record belongs to the problem with its
   *     id (the texts of one question differ between the two publications)
   */
  static Replay of(Path folder, List<Problem> problems) throws IOException {
    Replay replay = new Replay();
    problems.forEach(problem -> replay.questions.put(problem.id(), problem.question().strip()));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        if (file.toString().endsWith(".jsonl")) {
          replay.read(file);
        }
      }
    }
    return replay;
  }

  private void read(Path file) throws IOException {
    long unanswered = 0;
    for (String line : Files.readAllLines(file)) {
      JsonNode row = JSON.readTree(line);
      String cot = row.get("cot").textValue();
      recorded.put(questions.get(row.get("id").textValue()), cot);
      unanswered += AnswerExtraction.extract(cot).isEmpty() ? 1 : 0;
    }
    String accuracies = file.toString().replace(".jsonl", ".accuracy.json");
    JsonNode accuracy = JSON.readTree(Path.of(accuracies).toFile());
    long n = accuracy.get("n").longValue();
    long right = Math.round(n * accuracy.get("published_accuracy_percent").doubleValue() / 100);
    published.put(accuracy.get("task").textValue(), new Sizes(right, n - right, unanswered));
  }

  /** By task, the sizes that the published accuracies imply. */
  Map<String, Sizes> published() {
    return published;
  }

  Response reply(String prompt) {
    if (!prompt.endsWith(OPEN)) {
      return Response.error(404, Map.of());
    }
    String open = prompt.substring(0, prompt.length() - OPEN.length());
    Matcher hint = HINT.matcher(open);
    boolean hinted = hint.find();
    return text(hinted ? open.substring(0, hint.start()) : open)
        .map(text -> Response.text(hinted ? concluding(text, hint.group(1)) : text))
        .orElseGet(() -> Response.error(404, Map.of()));
  }

  /** The text recorded for the question at the end; a question may hold lines such as "Q: ". */
  private Optional<String> text(String open) {
    return Pattern.compile("\\nQ: ")
        .matcher(open)
        .results()
        .map(start -> recorded.get(open.substring(start.end()).strip()))
        .flatMap(Stream::ofNullable)
        .findFirst();
  }

  private static String concluding(String text, String answer) {
    List<String> own = AnswerExtraction.extract(text).stream().toList();
    return own.isEmpty()
        ? text
        : text.replace("the answer is " + own.get(0), "the answer is " + answer);
  }
}
