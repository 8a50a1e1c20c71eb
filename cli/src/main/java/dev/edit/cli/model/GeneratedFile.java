package dev.edit.cli.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.cli.files.JsonLinesFile;
import dev.edit.contracts.grading.AnswerExtraction;
import dev.edit.contracts.grading.Grade;
import dev.edit.student.Continuation;
import dev.edit.student.ContinuousDecoder;
import dev.edit.student.DecodingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Chains of thought for a file's problems.
 *
 * <p>A line is {@code {"question"}} with an optional {@code "id"}, {@code "task"} and gold answer,
 * which is called {@code "answer"} (as in a Problem) or {@code "target"}. Each of its samples is a
 * line {@code {"question", "cot", "sample", "answer", "finish", "tokens"}} with {@code "target"}
 * and {@code "grade"} where there is a gold answer: what {@code edit grade} reads.
 *
 * @param problems lines read
 * @param samples chains of thought written
 * @param tokens their tokens
 * @param grades of those with a gold answer
 */
public record GeneratedFile(long problems, long samples, long tokens, Map<Grade, Long> grades) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Samples in a part: many times the slots, which run empty at the end of each. */
  private static final int PART = 1024;

  /** An odd constant, so that neighbours' seeds share no pattern. */
  private static final long SEED_STEP = 0x9E37_79B9_7F4A_7C15L;

  private static final class Tally {
    private final Map<Grade, Long> grades = new EnumMap<>(Grade.class);
    private long problems;
    private long samples;
    private long tokens;
  }

  /** A place in the file, and the prompt there; null where it leaves no room for an answer. */
  @SuppressWarnings("ArrayRecordComponent") // Handed through, not compared.
  private record Task(InputLine line, int sample, int[] prompt, long seed) {}

  /** Writes {@code output}, which appears when all of it is written. */
  public static GeneratedFile write(
      OpenStudent open, GenerationSettings settings, Path input, Path output) throws IOException {
    Tally tally = new Tally();
    try (JsonLinesFile out = JsonLinesFile.create(output)) {
      InputLine.read(
          input,
          Math.max(1, PART / settings.samples()),
          lines -> writePart(open, settings, lines, out, tally));
      out.commit();
    }
    return new GeneratedFile(tally.problems, tally.samples, tally.tokens, tally.grades);
  }

  private static void writePart(
      OpenStudent open,
      GenerationSettings settings,
      List<InputLine> lines,
      JsonLinesFile out,
      Tally tally)
      throws IOException {
    List<Task> tasks = new ArrayList<>();
    for (InputLine line : lines) {
      int[] prompt = open.question(line.text("question"));
      boolean room = prompt.length > 0 && prompt.length < open.student().config().longestRow();
      for (int sample = 0; sample < settings.samples(); sample++) {
        long number = tally.problems * settings.samples() + sample;
        tasks.add(
            new Task(line, sample, room ? prompt : null, settings.seed() + SEED_STEP * number));
      }
      tally.problems++;
    }
    List<Task> decodable = tasks.stream().filter(task -> task.prompt() != null).toList();
    List<Continuation> continuations = continuations(open, settings, decodable);
    int next = 0;
    for (Task task : tasks) {
      Continuation found = task.prompt() == null ? null : continuations.get(next++);
      out.write(JSON.writeValueAsBytes(answer(open, task, found, tally)));
    }
  }

  private static List<Continuation> continuations(
      OpenStudent open, GenerationSettings settings, List<Task> tasks) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    DecodingSettings decoding =
        DecodingSettings.of(
            open.student(), settings.sampling(), settings.maxNewTokens(), settings.batchSize());
    return ContinuousDecoder.decode(
        open.student(),
        tasks.stream().map(Task::prompt).toList(),
        tasks.stream().mapToLong(Task::seed).toArray(),
        settings.stopAtAnswer() ? decoding.withStop(open.atAnswer()) : decoding);
  }

  private static ObjectNode answer(OpenStudent open, Task task, Continuation found, Tally tally) {
    String cot = found == null ? "" : open.decode(found.tokens());
    ObjectNode answer = task.line().answer();
    if (task.line().has("task")) {
      answer.put("task", task.line().text("task"));
    }
    answer.put("question", task.line().text("question"));
    answer.put("cot", cot);
    answer.put("sample", task.sample());
    answer.put("answer", AnswerExtraction.extract(cot).orElse(null));
    answer.put("finish", finish(found));
    ArrayNode ids = answer.putArray("tokens");
    if (found != null) {
      for (int token : found.tokens()) {
        ids.add(token);
      }
      tally.tokens += found.tokens().length;
    }
    String target = task.line().text("target", "answer");
    if (target != null) {
      Grade grade = Grade.of(cot, target);
      answer.put("target", target);
      answer.put("grade", grade.name().toLowerCase(Locale.ROOT));
      tally.grades.merge(grade, 1L, Long::sum);
    }
    tally.samples++;
    return answer;
  }

  /** How it ended, in the words of the chat API; {@code no_room} where the prompt fills all. */
  private static String finish(Continuation found) {
    if (found == null) {
      return "no_room";
    }
    return found.ending() == Continuation.Ending.LENGTH ? "length" : "stop";
  }
}
