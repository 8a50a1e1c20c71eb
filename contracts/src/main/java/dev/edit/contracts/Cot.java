package dev.edit.contracts;

/**
 * A teacher's chain of thought for a problem, annotated by the CEP prompt (method: D+ where right,
 * D- where wrong).
 *
 * @param problem the problem
 * @param text the chain of thought, with its answer sentence
 * @param answer the extracted final answer
 * @param verdict whether the answer equals the gold answer
 * @param usage what the text cost
 * @param attempt 1 for the first try that was usable
 */
public record Cot(
    Problem problem, String text, String answer, Verdict verdict, TeacherUsage usage, int attempt)
    implements EventRecord {

  public Cot {
    Require.present("problem", problem);
    Require.text("text", text);
    Require.present("answer", answer);
    Require.present("verdict", verdict);
    Require.present("usage", usage);
    Require.atLeast("attempt", attempt, 1);
    boolean right = answer.equals(problem.answer());
    if (right != (verdict == Verdict.RIGHT)) {
      throw new InvalidRecordException(
          "verdict",
          verdict,
          right
              ? "RIGHT: the answer equals the gold answer"
              : "WRONG: the answer differs from the gold answer");
    }
  }

  @Override
  public String key() {
    return problem.id();
  }

  /** Whether a chain of thought ends in the gold answer. */
  public enum Verdict {
    RIGHT,
    WRONG
  }
}
