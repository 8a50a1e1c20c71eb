package dev.edit.cli.quickstart;

import dev.edit.contracts.recipe.Hyperparameters;
import dev.edit.contracts.recipe.KrslSpec;
import dev.edit.contracts.recipe.OptimizerSpec;
import dev.edit.contracts.recipe.StageSpec;
import dev.edit.families.SetSizes;
import dev.edit.student.StudentConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every number of the quickstart that was chosen, and where it comes from: the method's paper, a
 * measurement at this scale, or a guess to be measured.
 */
public final class QuickstartSettings {
  /** Train problems. Measured: enough for a spread between the recipes within minutes. */
  public static final int PROBLEMS = 3_000;

  /** In-domain test problems: a standard error of about 2.8 points at 60 %. */
  public static final int TEST_PROBLEMS = 300;

  /** Data, initial weights and the order of examples follow from it. */
  public static final long SEED = 42;

  /** Partitions of the data topics: more than one, so that order is not taken for granted. */
  public static final int PARTITIONS = 3;

  /**
   * D, the residual stream's width. Measured: 96 learns no better in the same steps and is slower.
   */
  static final int HIDDEN = 64;

  /** L. Prototype. */
  static final int LAYERS = 3;

  /** H, each of dimension D / H. Prototype. */
  static final int HEADS = 4;

  /** F, about 8/3 D. */
  static final int INTERMEDIATE = 176;

  /** Longest prompt + response; the families' longest is well below. */
  public static final int LONGEST = 384;

  /** Numbers up to this are one token, larger ones are spelled by digits. Prototype. */
  static final int LARGEST_WHOLE_NUMBER = 20;

  /**
   * SFT steps of 16 CoTs, about 9 passes over D_merge+. Measured: at 1,400 std-cot had 67 %
   * in-domain; at 2,400 it had 88 % and edit-no-krsl 90 %, which leaves no room for a difference.
   */
  public static final int SFT_STEPS = 1_600;

  /** Training seeds: with one, the noise of training cannot be told from a recipe's effect. */
  public static final int SEEDS = 2;

  /** KRSL steps of 16 pairs. Prototype: one pass over 800 duals; more did harm. */
  public static final int KRSL_STEPS = 50;

  private static final int BATCH = 16;

  /** Measured: 5e-3 learns well at this width; a prototype found 8e-3 too high. */
  private static final double SFT_RATE = 5e-3;

  /** Prototype: within noise at 5e-5, harmful above. The paper's 5e-6 is for a 7B student. */
  private static final double KRSL_RATE = 5e-5;

  private static final int WARM_UP = 50;

  /** Prototype, with beta 2 shorter than the paper's: few steps, from scratch. */
  private static final OptimizerSpec SFT_OPTIMIZER = new OptimizerSpec(0.9, 0.98, 1e-8, 0.01, 1);

  /** The paper's betas and weight decay; clipped like SFT. */
  private static final OptimizerSpec KRSL_OPTIMIZER = new OptimizerSpec(0.9, 0.999, 1e-8, 0, 1);

  /** Free disk space that a quickstart needs: logs, topics, students and libtorch. */
  public static final long LEAST_DISK_BYTES = 1L << 30;

  /**
   * Generator: how long right CoTs wait for rectified ones before seed pairs stand in. The
   * simulated teacher answers within milliseconds and gives the same answer to either.
   */
  public static final Duration SIMULATED_EXAMPLE_PATIENCE = Duration.ofSeconds(10);

  /** The same with a real teacher, which takes seconds a call. */
  static final Duration EXAMPLE_PATIENCE = Duration.ofMinutes(2);

  private QuickstartSettings() {}

  /** Test sets grow and shrink with the in-domain one: 3 in-domain : 2 harder : 1 unseen. */
  public static SetSizes sizes(int problems, int testProblems) {
    return new SetSizes(
        problems, testProblems, Math.max(1, testProblems * 2 / 3), Math.max(1, testProblems / 3));
  }

  /** The student: a LLaMA decoder with an untied head, which learns faster at this size. */
  static StudentConfig student(int vocabulary, int endOfText) {
    return StudentConfig.of(vocabulary, HIDDEN, INTERMEDIATE, LAYERS, HEADS, LONGEST, endOfText);
  }

  /** Every recipe's hyperparameters; recipes without KRSL take its steps as SFT steps. */
  static Hyperparameters hyperparameters(int sftSteps, int krslSteps) {
    return new Hyperparameters(
        new StageSpec(
            sftSteps,
            BATCH,
            SFT_RATE,
            StageSpec.Schedule.COSINE,
            Math.min(WARM_UP, sftSteps / 2),
            SFT_OPTIMIZER),
        new StageSpec(krslSteps, BATCH, KRSL_RATE, StageSpec.Schedule.CONSTANT, 0, KRSL_OPTIMIZER),
        KrslSpec.REFERENCE,
        LONGEST,
        true);
  }

  /** Names and values for the report. */
  static Map<String, String> describe(QuickstartOptions options) {
    Map<String, String> values = new LinkedHashMap<>();
    Hyperparameters h = options.hyperparameters();
    values.put("seed", String.valueOf(options.seed()));
    values.put("train problems", String.valueOf(options.sizes().train()));
    values.put(
        "test problems",
        "%d in-domain, %d harder, %d unseen"
            .formatted(options.sizes().test(), options.sizes().harder(), options.sizes().unseen()));
    values.put(
        "student",
        "LLaMA decoder, D %d, %d layers, %d heads, F %d, untied head"
            .formatted(HIDDEN, LAYERS, HEADS, INTERMEDIATE));
    values.put("sft", h.sft().toString());
    values.put("krsl", h.krsl().toString());
    values.put("key steps", h.keySteps().toString());
    values.put("longest sequence", String.valueOf(h.maxLength()));
    values.put("equal steps", String.valueOf(h.equalSteps()));
    return values;
  }
}
