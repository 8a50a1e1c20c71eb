package dev.edit.aligner;

import dev.edit.contracts.DualCot;
import dev.edit.contracts.Problem;
import dev.edit.contracts.StudentPrompt;
import dev.edit.contracts.TeacherUsage;
import dev.edit.tokenizer.WordTokenizerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small student's folder, and duals over its vocabulary. */
public final class StudentFixture {
  public static final String QUESTION = "What is 2 + 3?";
  public static final String RIGHT = "First 2 then 3 more makes 5. Therefore, the answer is 5.";
  public static final String WRONG = "First 2 then 3 more makes 6. Therefore, the answer is 6.";
  public static final String UNLIKE = "No idea, so I guess. Therefore, the answer is 7.";

  private static final TeacherUsage USAGE = new TeacherUsage("fixture-teacher", 10, 10);

  /** {@code </s>} of {@link WordTokenizerFile#SPECIAL_TOKENS}. */
  public static final int EOS_ID = 3;

  private StudentFixture() {}

  /** Writes tokenizer.json and config.json. */
  public static Path write(Path folder) throws IOException {
    WordTokenizerFile.fromSamples(
            List.of(StudentPrompt.render(QUESTION), RIGHT, WRONG, UNLIKE, "question number"), 9)
        .writeTo(folder);
    Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\": " + EOS_ID + "}");
    return folder;
  }

  /** A problem with gold answer 5. */
  public static Problem problem(String id) {
    return new Problem(
        id, "sums", QUESTION, "5", Problem.Split.TRAIN, Problem.Domain.IN, "fixture", null);
  }

  /** A corrupted pair. */
  public static DualCot pair(String id, String right, String wrong, String wrongAnswer) {
    return new DualCot(
        problem(id), side(right, "5"), side(wrong, wrongAnswer), DualCot.Origin.CORRUPTED, null);
  }

  /** The pair of {@link #RIGHT} and {@link #WRONG}. */
  public static DualCot pair(String id) {
    return pair(id, RIGHT, WRONG, "6");
  }

  /** A right side alone. */
  public static DualCot sftOnly(String id) {
    return new DualCot(problem(id), side(RIGHT, "5"), null, DualCot.Origin.CORRUPTED, null);
  }

  private static DualCot.Side side(String text, String answer) {
    return new DualCot.Side(text, answer, USAGE);
  }
}
