package dev.edit.generator.domain.stage;

import dev.edit.contracts.Cot;
import dev.edit.contracts.Cot.Verdict;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.DualCot.Origin;
import dev.edit.contracts.DualCot.Side;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.Problem.Split;
import dev.edit.generator.domain.dual.PathBounds;
import dev.edit.generator.domain.prompt.PromptBuilder;
import dev.edit.generator.domain.teacher.Sampling;
import dev.edit.generator.domain.teacher.Teacher;
import dev.edit.prompts.PromptPack;
import dev.edit.prompts.PromptSource;
import java.util.Map;
import java.util.Optional;

/** What the tests of the stages share: a pack of two tasks, problems and chains of thought. */
public final class Stages {
  private static final String SUMS =
      """
      Add numbers.

      Q: 1 + 1
      A: Let's think step by step.
      One and one. So the answer is 2.

      Q: 2 + 2
      A: Let's think step by step.
      Two and two. So the answer is 4.
      """;
  private static final String SUMS_PAIRS =
      """
      Question Description: Add numbers.

      Q: 5 + 5

      Right Response: Five and five. Therefore, the answer is 10.

      Wrong Response: Five and six. Therefore, the answer is 11.
      """;

  public static final PromptPack PACK = new PromptPack(source());
  public static final PromptBuilder PROMPTS =
      new PromptBuilder(path -> Optional.empty(), PromptSource.resources("prompt-packs/built-in"));

  public static final PathBounds PATH = new PathBounds(0.32, 1);

  private Stages() {}

  public static PromptSource source() {
    Map<String, String> files =
        Map.of(
            "cot-prompts/sums.txt", SUMS,
            "cot-ccp/sums.txt", SUMS_PAIRS,
            "cot-prompts/seedless.txt", SUMS,
            "cot-prompts/broken.txt", "Add numbers.\n\nQ: 1 + 1\n2\n");
    return path -> Optional.ofNullable(files.get(path));
  }

  public static Attempts attempts(Teacher teacher, int most) {
    return new Attempts(teacher, new Sampling(0.2, 1, 100), 0.25, most);
  }

  public static Problem problem(String id, String task, String question, String answer) {
    return new Problem(id, task, question, answer, Split.TRAIN, Domain.IN, "test", null);
  }

  public static Problem problem(String id) {
    return problem(id, "sums", "3 + 4", "7");
  }

  public static Cot right(String id) {
    return new Cot(
        problem(id),
        "Three and four. Therefore, the answer is 7.",
        "7",
        Verdict.RIGHT,
        ScriptedTeacher.USAGE,
        1);
  }

  public static Cot wrong(String id) {
    return new Cot(
        problem(id),
        "Three and five. Therefore, the answer is 8.",
        "8",
        Verdict.WRONG,
        ScriptedTeacher.USAGE,
        1);
  }

  public static DualCot rectified(String id) {
    Cot right = right(id);
    Cot wrong = wrong(id);
    return new DualCot(
        right.problem(),
        new Side(right.text() + " " + id, right.answer(), right.usage()),
        new Side(wrong.text() + " " + id, wrong.answer(), wrong.usage()),
        Origin.RECTIFIED,
        null);
  }
}
