package dev.edit.cli.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.cli.files.JsonLinesFile;
import dev.edit.student.Scorer;
import dev.edit.student.StudentConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The log-probability of every token of a file's lines.
 *
 * <p>A line is {@code {"tokens": [...]}}, {@code {"text"}} or {@code {"prompt", "response"}}; an
 * {@code "id"} is kept. Its answer is {@code {"tokens", "log_probabilities", "total"}}: nats, null
 * for the first token, which nothing predicts. Of a prompt and a response, {@code "response_total"}
 * counts the response alone.
 *
 * @param lines scored lines
 * @param tokens their tokens, first ones included
 * @param total sum of all log-probabilities
 */
public record ScoredFile(long lines, long tokens, double total) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PART = 128;

  /** A line's tokens; the response begins at {@code prompt}, or nowhere where that is -1. */
  @SuppressWarnings("ArrayRecordComponent") // Handed through, not compared.
  private record Row(int[] tokens, int prompt) {}

  /** Scores {@code input} to {@code output}, which appears when all of it is written. */
  public static ScoredFile write(OpenStudent open, Path input, Path output) throws IOException {
    long[] counts = new long[2];
    double[] total = new double[1];
    try (JsonLinesFile out = JsonLinesFile.create(output)) {
      InputLine.read(
          input,
          PART,
          lines -> {
            List<Row> rows = new ArrayList<>();
            for (InputLine line : lines) {
              rows.add(row(open, line));
            }
            double[][] scores =
                Scorer.logProbabilities(open.student(), rows.stream().map(Row::tokens).toList());
            for (int i = 0; i < rows.size(); i++) {
              ObjectNode answer = answer(lines.get(i), rows.get(i), scores[i]);
              out.write(JSON.writeValueAsBytes(answer));
              counts[0]++;
              counts[1] += rows.get(i).tokens().length;
              total[0] += answer.get("total").doubleValue();
            }
          });
      out.commit();
    }
    return new ScoredFile(counts[0], counts[1], total[0]);
  }

  private static Row row(OpenStudent open, InputLine line) {
    Row row;
    if (line.has("tokens")) {
      row = new Row(line.tokens("tokens"), -1);
    } else if (line.has("text")) {
      row = new Row(open.text(line.text("text")), -1);
    } else if (line.has("prompt") || line.has("question")) {
      int[] prompt =
          line.has("question")
              ? open.question(line.text("question"))
              : open.text(line.text("prompt"));
      int[] response = open.continuation(line.text("response"));
      int[] tokens = Arrays.copyOf(prompt, prompt.length + response.length);
      System.arraycopy(response, 0, tokens, prompt.length, response.length);
      row = new Row(tokens, prompt.length);
    } else {
      throw line.wrong("tokens", "token ids, or one of 'text', 'prompt' and 'question'");
    }
    check(open.student().config(), line, row.tokens());
    return row;
  }

  private static void check(StudentConfig config, InputLine line, int[] tokens) {
    if (tokens.length == 0 || tokens.length > config.longestRow()) {
      throw line.wrong(
          line.has("tokens") ? "tokens" : "text",
          "1 to %d tokens, got %d".formatted(config.longestRow(), tokens.length));
    }
    for (int token : tokens) {
      if (token < 0 || token >= config.vocabSize()) {
        throw line.wrong(
            "tokens", "ids from 0 to %d, got %d".formatted(config.vocabSize() - 1, token));
      }
    }
  }

  private static ObjectNode answer(InputLine line, Row row, double[] scores) {
    ObjectNode answer = line.answer();
    ArrayNode tokens = answer.putArray("tokens");
    ArrayNode values = answer.putArray("log_probabilities");
    double total = 0;
    double response = 0;
    for (int t = 0; t < scores.length; t++) {
      tokens.add(row.tokens()[t]);
      if (Double.isNaN(scores[t])) {
        values.addNull();
        continue;
      }
      values.add(scores[t]);
      total += scores[t];
      response += row.prompt() >= 0 && t >= row.prompt() ? scores[t] : 0;
    }
    answer.put("total", total);
    if (row.prompt() >= 0) {
      answer.put("prompt_tokens", row.prompt());
      answer.put("response_total", response);
    }
    return answer;
  }
}
