package dev.edit.evaluator.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.grading.AnswerExtraction;
import dev.edit.contracts.grading.Grade;
import dev.edit.datasets.results.LmEvalResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What lm-evaluation-harness would leave of an evaluation, in {@code <folder>/<run>}: {@code
 * results_<time>.json} with the figures and {@code samples_<benchmark>_<task>_<time>.jsonl} with
 * every response, an object a line.
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
    Map<String, List<Answered>> tasks = new TreeMap<>();
    for (Answered answered : examination.answered()) {
      tasks.computeIfAbsent(answered.problem().task(), task -> new ArrayList<>()).add(answered);
    }
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, List<Answered>> task : tasks.entrySet()) {
      StringBuilder lines = new StringBuilder();
      int docId = 0;
      for (Answered answered : task.getValue()) {
        lines.append(JSON.writeValueAsString(line(docId++, answered))).append('\n');
      }
      String name = LmEvalResults.taskName(examination.benchmark().name(), task.getKey());
      String file = "samples_%s_%s.jsonl".formatted(name, LmEvalResults.stamp(at));
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

  private ObjectNode line(int docId, Answered answered) {
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
    call.putObject("arg_1").put("do_sample", false).put("max_gen_toks", maxNewTokens);
    line.putArray("resps").addArray().add(answered.response());
    line.putArray("filtered_resps")
        .add(AnswerExtraction.extract(answered.response()).orElse(INVALID));
    line.put("exact_match", answered.grade() == Grade.RIGHT ? 1.0 : 0.0);
    return line;
  }
}
