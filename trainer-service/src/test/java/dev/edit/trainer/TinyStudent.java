package dev.edit.trainer;

import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
import dev.edit.contracts.StudentPrompt;
import dev.edit.student.InitialWeights;
import dev.edit.student.StudentConfig;
import dev.edit.student.StudentFolder;
import dev.edit.tokenizer.Encoding;
import dev.edit.tokenizer.Tokenizer;
import dev.edit.tokenizer.WordTokenizerFile;
import dev.edit.trainer.domain.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A random student of a few thousand weights with a tokenizer of its own, and records for it. */
public final class TinyStudent {
  private static final String QUESTION = "What is %d plus %d?";
  private static final String RIGHT = "We add %d and %d. Therefore, the answer is %d.";

  private TinyStudent() {}

  /** Writes the student in Hugging Face layout; libtorch is not loaded. */
  public static Path write(Path folder) throws IOException {
    List<String> texts = new ArrayList<>();
    texts.add(StudentPrompt.render(QUESTION.formatted(1, 2)));
    texts.add(RIGHT.formatted(1, 2, 3));
    WordTokenizerFile file = WordTokenizerFile.fromSamples(texts, 20);
    StudentConfig config =
        StudentConfig.of(file.vocabulary().size(), 32, 48, 2, 2, 64, 3)
            .withTiedHead(true)
            .withTokens(2, List.of(3));
    Path json = file.writeTo(Files.createDirectories(folder));
    new StudentFolder(
            config,
            InitialWeights.create(config, 11),
            Map.of("tokenizer.json", Files.readAllBytes(json)))
        .write(folder);
    return folder;
  }

  /**
   * Sums with a right and a wrong side; every third is rectified, every fifth has no wrong side.
   */
  public static List<KeySteps> records(Path student, int n) {
    List<KeySteps> records = new ArrayList<>();
    try (Tokenizer tokenizer = Tokenizer.load(student)) {
      for (int i = 0; i < n; i++) {
        int a = i % 7;
        int b = i % 5;
        KeySteps.Side right = side(tokenizer, RIGHT.formatted(a, b, a + b));
        KeySteps.Side wrong = side(tokenizer, RIGHT.formatted(a, b, a + b + 1));
        Problem problem = problem(i, a, b);
        Origin origin = i % 3 == 0 ? Origin.RECTIFIED : Origin.CORRUPTED;
        boolean alone = origin == Origin.CORRUPTED && i % 5 == 0;
        KeySteps shape = Samples.record(problem, origin, right, alone ? null : wrong);
        records.add(
            new KeySteps(
                problem,
                tokenizer.fingerprint(),
                "reference",
                tokenizer.encode(StudentPrompt.render(problem.question()), true).ids(),
                shape.right(),
                shape.wrong(),
                shape.similarity(),
                shape.keyFraction(),
                origin,
                null));
      }
    }
    return records;
  }

  private static Problem problem(int i, int a, int b) {
    return new Problem(
        "sums/train/%03d".formatted(i),
        "sums",
        QUESTION.formatted(a, b),
        Integer.toString(a + b),
        Problem.Split.TRAIN,
        Problem.Domain.IN,
        "families-in",
        null);
  }

  /** The number before the full stop is key. */
  private static KeySteps.Side side(Tokenizer tokenizer, String text) {
    Encoding encoding = tokenizer.encode(text, false);
    int[] ids = java.util.Arrays.copyOf(encoding.ids(), encoding.ids().length + 1);
    ids[ids.length - 1] = 3;
    int key = ids.length - 3;
    return new KeySteps.Side(
        text,
        ids,
        new int[][] {{key, key + 1}},
        new int[][] {{encoding.charStart()[key], encoding.charEnd()[key]}});
  }
}
