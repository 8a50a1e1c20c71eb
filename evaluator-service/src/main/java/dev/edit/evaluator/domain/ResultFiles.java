package dev.edit.evaluator.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.grading.Grade;
import dev.edit.datasets.results.LmEvalResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What lm-evaluation-harness would leave of an evaluation, in {@code <folder>/<run>}: {@code
 * results_<time>.json} with the figures and {@code samples_<benchmark>_<task>_<time>.jsonl} with
 * every response, an object a line. Samples of a vote are in files of their own, which name the way
 * of decoding after the task.
 */
public final class ResultFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper INDENTED =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** What the harness writes where a filter found nothing. */
  private static final String INVALID = "[invalid]";

  private final Path folder;
  private final int maxNewTokens;

  /**
   * @param maxNewTokens is told in each line's arguments
   */
  public ResultFiles(Path folder, int maxNewTokens) {
    this.folder = folder;
    this.maxNewTokens = maxNewTokens;
  }

  /**
   * Writes a benchmark's samples, each file whole or not at all.
   *
   * @param at names the files; the same for all of an evaluation
   * @return the files, in the order of the tasks
   */
  public List<Path> writeSamples(Examination examination, Instant at) throws IOException {
    Attempts attempts = examination.attempts();
    String way = attempts.decoding().random() ? "_" + attempts.name() : "";
    Map<String, List<Answered>> tasks = new TreeMap<>();
    for (Answered answered : examination.answered()) {
      tasks.computeIfAbsent(answered.problem().task(), task -> new ArrayList<>()).add(answered);
    }
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, List<Answered>> task : tasks.entrySet()) {
      StringBuilder lines = new StringBuilder();
      int docId = 0;
      for (Answered answered : task.getValue()) {
        lines.append(JSON.writeValueAsString(line(docId++, answered, attempts))).append('\n');
      }
      String name = LmEvalResults.taskName(examination.benchmark().name(), task.getKey());
      String file = "samples_%s%s_%s.jsonl".formatted(name, way, LmEvalResults.stamp(at));
      files.add(write(examination.checkpoint(), file, lines.toString()));
    }
    return files;
  }

  /**
   * Writes the figures of a checkpoint's evaluations.
   *
   * @return the file
   */
  public Path writeResults(Checkpoint checkpoint, List<Evaluation> evaluations, Instant at)
      throws IOException {
    ObjectNode results = LmEvalResults.of(evaluations, checkpoint.uri(), at);
    String file = "results_%s.json".formatted(LmEvalResults.stamp(at));
    return write(checkpoint, file, INDENTED.writeValueAsString(results) + "\n");
  }

  private Path write(Checkpoint checkpoint, String name, String content) throws IOException {
    // Run, benchmark and task names are single path segments: their records check it.
    Path run = Files.createDirectories(folder.resolve(checkpoint.run()));
    Path draft = Files.createTempFile(run, ".results", ".draft");
    try {
      Files.writeString(draft, content);
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
    return Files.move(draft, run.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private ObjectNode line(int docId, Answered answered, Attempts attempts) {
    ObjectNode line = JSON.createObjectNode();
    line.put("doc_id", docId);
    line.putObject("doc")
        .put("id", answered.problem().id())
        .put("task", answered.problem().task())
        .put("question", answered.problem().question())
        .put("answer", answered.problem().answer());
    line.put("target", answered.problem().answer());
    ObjectNode call = line.putObject("arguments").putObject("gen_args_0");
    call.put("arg_0", answered.prompt());
    call.set("arg_1", arguments(attempts.decoding()));
    ArrayNode responses = line.putArray("resps").addArray();
    ArrayNode finishes = line.putArray("finish_reasons").addArray();
    for (Response response : answered.responses()) {
      responses.add(response.text());
      finishes.add(response.finish().name().toLowerCase(Locale.ROOT));
    }
    line.putArray("filtered_resps").add(answered.answer().orElse(INVALID));
    line.put("filter", attempts.filter());
    line.put("exact_match", answered.grade() == Grade.RIGHT ? 1.0 : 0.0);
    return line;
  }

  private ObjectNode arguments(Decoding decoding) {
    ObjectNode arguments = JSON.createObjectNode();
    arguments.put("do_sample", decoding.random()).put("max_gen_toks", maxNewTokens);
    if (decoding.random()) {
      arguments.put("temperature", decoding.temperature()).put("top_p", decoding.topP());
    }
    return arguments;
  }
}
