package dev.edit.trainer.domain;

import dev.edit.artifacts.ArtifactStore;
import dev.edit.artifacts.Artifacts;
import dev.edit.artifacts.S3Settings;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Run;
import dev.edit.contracts.recipe.Hyperparameters;
import dev.edit.contracts.recipe.KeepBestSpec;
import dev.edit.contracts.recipe.KrslSpec;
import dev.edit.contracts.recipe.OptimizerSpec;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.contracts.recipe.StageSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Small records and runs for tests. */
public final class Samples {
  public static final OptimizerSpec ADAMW = new OptimizerSpec(0.9, 0.98, 1e-8, 0.01, 1);
  public static final String TOKENIZER = "sha256:abc";

  private Samples() {}

  public static Problem problem(String id, String task) {
    return new Problem(
        id,
        task,
        "How many of " + id + "?",
        "2",
        Problem.Split.TRAIN,
        Problem.Domain.IN,
        "families-in",
        null);
  }

  /** A right side of {@code length} tokens and a wrong side one token longer. */
  public static KeySteps dual(String id, DualCot.Origin origin, int length) {
    return record(problem(id, "counting"), origin, side(length), side(length + 1));
  }

  /** A record for SFT only. */
  public static KeySteps alone(String id, int length) {
    return record(problem(id, "counting"), DualCot.Origin.CORRUPTED, side(length), null);
  }

  public static KeySteps record(
      Problem problem, DualCot.Origin origin, KeySteps.Side right, KeySteps.Side wrong) {
    return new KeySteps(
        problem,
        TOKENIZER,
        "reference",
        new int[] {1, 4, 5},
        right,
        wrong,
        wrong == null ? 0 : 0.5,
        wrong == null ? 0 : 0.2,
        origin,
        null);
  }

  /** Tokens 6, 7, ... and EOS (3); the second token is key. */
  public static KeySteps.Side side(int length) {
    int[] ids = new int[length];
    for (int t = 0; t < length - 1; t++) {
      ids[t] = 6 + t % 8;
    }
    ids[length - 1] = 3;
    return new KeySteps.Side("so it is 2", ids, new int[][] {{1, 2}}, new int[][] {{3, 5}});
  }

  /** Records of all kinds: every third rectified, every fifth for SFT only. */
  public static List<KeySteps> mixed(int n) {
    List<KeySteps> records = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      String id = "counting/train/%03d".formatted(i);
      int length = 4 + i % 7;
      if (i % 3 == 0) {
        records.add(dual(id, DualCot.Origin.RECTIFIED, length));
      } else {
        records.add(i % 5 == 0 ? alone(id, length) : dual(id, DualCot.Origin.CORRUPTED, length));
      }
    }
    return records;
  }

  public static StageSpec stage(int steps, int batchSize, double learningRate) {
    return new StageSpec(
        steps, batchSize, learningRate, StageSpec.Schedule.COSINE, Math.min(2, steps), ADAMW);
  }

  public static Run run(Recipe recipe, int sftSteps, int krslSteps) {
    return run("run-1", recipe, sftSteps, krslSteps, 64, List.of());
  }

  public static Run run(
      String id, Recipe recipe, int sftSteps, int krslSteps, int maxLength, List<String> tasks) {
    return new Run(
        id,
        recipe,
        "students/tiny",
        new Hyperparameters(
            stage(sftSteps, 4, 1e-2),
            stage(krslSteps, 4, 1e-3),
            KrslSpec.REFERENCE,
            maxLength,
            true),
        new Run.DatasetSelector(List.of(new Run.PartitionRange(0, 0, 30)), tasks),
        7);
  }

  /** The same run that keeps the best epoch of each stage. */
  public static Run keepingBest(Run run, double heldOut) {
    Hyperparameters h = run.hyperparameters();
    Hyperparameters best =
        new Hyperparameters(
            h.sft(),
            h.krsl(),
            h.keySteps(),
            h.maxLength(),
            h.equalSteps(),
            null,
            null,
            null,
            null,
            new KeepBestSpec(heldOut, 100, 16),
            null);
    return new Run(run.id(), run.recipe(), run.student(), best, run.dataset(), run.seed());
  }

  /** A tokenizer that gives each word a token. */
  public static final StudentText TEXT =
      new StudentText() {
        @Override
        public String fingerprint() {
          return TOKENIZER;
        }

        @Override
        public int[] prompt(String text) {
          return response(text).ids();
        }

        @Override
        public Tokens response(String text) {
          List<Integer> ids = new ArrayList<>();
          List<Integer> starts = new ArrayList<>();
          Matcher words = Pattern.compile("\\S+").matcher(text);
          while (words.find()) {
            ids.add(4 + Math.floorMod(words.group().hashCode(), 10_000));
            starts.add(words.start());
          }
          return new Tokens(
              ids.stream().mapToInt(Integer::intValue).toArray(),
              starts.stream().mapToInt(Integer::intValue).toArray());
        }
      };

  /** What a run trains on of some records. */
  /** A folder as a store. */
  public static ArtifactStore store(Path root) {
    return new Artifacts(S3Settings.DEFAULT, root).store(root.toString());
  }

  public static TrainingSet set(List<KeySteps> log, Run run) {
    return TrainingSet.select(log, run, TEXT);
  }

  /** Items of one response, as SFT reads them. */
  public static List<Item> items(int n) {
    return mixed(n).stream()
        .map(r -> Item.of(r.key(), Response.whole(r.promptIds(), r.right().ids())))
        .toList();
  }
}
