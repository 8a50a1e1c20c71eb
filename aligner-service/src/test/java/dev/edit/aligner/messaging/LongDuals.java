package dev.edit.aligner.messaging;

import dev.edit.contracts.DualCot;
import dev.edit.contracts.Problem;
import dev.edit.contracts.StudentPrompt;
import dev.edit.contracts.TeacherUsage;
import dev.edit.tokenizer.WordTokenizerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Duals of the length that teachers write: about 110 words a side. */
final class LongDuals {
  static final int EOS_ID = 3;

  private static final TeacherUsage USAGE = new TeacherUsage("fixture-teacher", 900, 120);
  private static final int STEPS = 12;

  private LongDuals() {}

  /** Pair number {@code i}; the wrong side slips in one step. */
  static DualCot pair(int i) {
    int start = 1 + i % 9;
    int slip = 1 + i % (STEPS - 1);
    Problem problem =
        new Problem(
            "walk/" + i,
            "walk",
            question(start),
            Integer.toString(end(start, -1)),
            Problem.Split.TRAIN,
            Problem.Domain.IN,
            "fixture",
            null);
    return new DualCot(problem, side(start, -1), side(start, slip), DualCot.Origin.CORRUPTED, null);
  }

  /** A folder with tokenizer.json over these texts. */
  static Path writeStudent(Path folder) throws IOException {
    WordTokenizerFile.fromSamples(
            List.of(StudentPrompt.render(question(1)), text(1, -1), text(9, 3)), 9)
        .writeTo(folder);
    Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\": " + EOS_ID + "}");
    return folder;
  }

  private static String question(int start) {
    return "You start at "
        + start
        + " and walk forward. In each step add the step's number. "
        + "Where are you after the last step? Think before you answer.";
  }

  private static int end(int start, int slip) {
    int at = start;
    for (int step = 1; step <= STEPS; step++) {
      at += step + (step == slip ? 1 : 0);
    }
    return at;
  }

  private static DualCot.Side side(int start, int slip) {
    return new DualCot.Side(text(start, slip), Integer.toString(end(start, slip)), USAGE);
  }

  private static String text(int start, int slip) {
    StringBuilder text = new StringBuilder();
    int at = start;
    for (int step = 1; step <= STEPS; step++) {
      int next = at + step + (step == slip ? 1 : 0);
      text.append("From ").append(at).append(" add ").append(step).append(", that makes ");
      text.append(next).append(". ");
      at = next;
    }
    return text.append("Therefore, the answer is ").append(at).append('.').toString();
  }
}
