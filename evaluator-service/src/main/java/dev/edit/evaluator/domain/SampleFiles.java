package dev.edit.evaluator.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.contracts.grading.AnswerExtraction;
import dev.edit.contracts.grading.Grade;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Every response of an examination as {@code <folder>/<run>/samples_<benchmark>.jsonl}, one JSON
 * object a line in the shape of lm-evaluation-harness.
 */
public final class SampleFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What lm-evaluation-harness writes where a filter found nothing. */
  private static final String INVALID = "[invalid]";

  private final Path folder;
  private final int maxNewTokens;

  /**
   * @param maxNewTokens is told in each line's arguments
   */
  public SampleFiles(Path folder, int maxNewTokens) {
    this.folder = folder;
    this.maxNewTokens = maxNewTokens;
  }

  /**
   * Writes the file, whole or not at all.
   *
   * @return the file
   */
  public Path write(Examination examination) throws IOException {
    // Run and benchmark names are single path segments: their records check it.
    Path run = Files.createDirectories(folder.resolve(examination.checkpoint().run()));
    Path draft = Files.createTempFile(run, ".samples", ".draft");
    try (BufferedWriter out = Files.newBufferedWriter(draft)) {
      int docId = 0;
      for (Answered answered : examination.answered()) {
        out.write(JSON.writeValueAsString(line(docId, answered)));
        out.write('\n');
        docId++;
      }
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
    Path file = run.resolve("samples_" + examination.benchmark().name() + ".jsonl");
    return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
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
