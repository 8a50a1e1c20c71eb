package dev.edit.evaluator.domain.console;

import dev.edit.contracts.Cot;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Problem;
import dev.edit.contracts.TeacherUsage;

/**
 * How many problems stand where: the newest of each id, counted by a hash of its id alone.
 * Thread-safe.
 */
public final class StageTotals {
  private final IdTable train = new IdTable();
  private final IdTable test = new IdTable();
  private final IdTable right = new IdTable();
  private final IdTable wrong = new IdTable();
  private final IdTable rectified = new IdTable();
  private final IdTable corrupted = new IdTable();
  private final IdTable alone = new IdTable();
  private final IdTable aligned = new IdTable();
  private long promptTokens;
  private long completionTokens;
  private long responseTokens;
  private long keyTokens;

  /**
   * The counts.
   *
   * @param train problems of the train split
   * @param test problems of the test split
   * @param right right CoTs
   * @param wrong wrong CoTs
   * @param rectified pairs that began with a wrong CoT
   * @param corrupted pairs that began with a right CoT
   * @param alone right CoTs without a dual
   * @param aligned records with key steps
   * @param promptTokens the teacher read for the texts on the topics, replays counted again
   * @param completionTokens the teacher wrote for them
   * @param responseTokens tokens of both sides of aligned pairs
   * @param keyTokens key tokens among them
   */
  public record Totals(
      int train,
      int test,
      int right,
      int wrong,
      int rectified,
      int corrupted,
      int alone,
      int aligned,
      long promptTokens,
      long completionTokens,
      long responseTokens,
      long keyTokens) {}

  public synchronized void put(Problem problem) {
    (problem.split() == Problem.Split.TRAIN ? train : test).number(problem.id());
  }

  public synchronized void put(Cot cot) {
    (cot.verdict() == Cot.Verdict.RIGHT ? right : wrong).number(cot.key());
    bill(cot.usage());
  }

  public synchronized void put(DualCot dual) {
    if (dual.dual().isEmpty()) {
      alone.number(dual.key());
    } else if (dual.origin() == DualCot.Origin.RECTIFIED) {
      rectified.number(dual.key());
      bill(dual.right().usage());
    } else {
      corrupted.number(dual.key());
      bill(dual.wrong().usage());
    }
  }

  public synchronized void put(KeySteps record) {
    int before = aligned.size();
    aligned.number(record.key());
    if (aligned.size() > before && record.dual().isPresent()) {
      responseTokens += record.right().ids().length + record.wrong().ids().length;
      keyTokens += record.right().keyCount() + record.wrong().keyCount();
    }
  }

  private void bill(TeacherUsage usage) {
    promptTokens += usage.promptTokens();
    completionTokens += usage.completionTokens();
  }

  /** The counts as of now. */
  public synchronized Totals totals() {
    return new Totals(
        train.size(),
        test.size(),
        right.size(),
        wrong.size(),
        rectified.size(),
        corrupted.size(),
        alone.size(),
        aligned.size(),
        promptTokens,
        completionTokens,
        responseTokens,
        keyTokens);
  }
}
