package dev.edit.aligner.domain;

import dev.edit.aligner.domain.Outcome.Aligned;
import dev.edit.aligner.domain.Outcome.Rejected;
import dev.edit.alignment.AlignmentRule;
import dev.edit.alignment.KeyMasks;
import dev.edit.alignment.KeyStepAligner;
import dev.edit.contracts.DualCot;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.grading.Grade;

/**
 * Finds the key steps of dual chains of thought on the student's tokens. The same dual always gives
 * the same outcome.
 *
 * <p>Prompt, chain of thought and EOS are aligned as one sequence a side; a right chain of thought
 * without a dual passes with no key tokens, good for SFT. A dual that fails a gate is rejected as a
 * whole: its right side is not kept for SFT, so that each problem has one outcome. Source: EDIT
 * (ACL 2025, paper 21), section 3. Keeps work tables for each thread that uses it: for many threads
 * at once.
 */
public final class DualAlignment {
  private final Student student;
  private final AlignmentRule rule;
  private final ThreadLocal<KeyStepAligner> aligner;
  private final Gates gates;

  public DualAlignment(Student student, AlignmentRule rule, Gates gates) {
    this.student = student;
    this.rule = rule;
    this.aligner = ThreadLocal.withInitial(rule::newAligner);
    this.gates = gates;
  }

  /** The key-step record of a dual, or the gate it failed. */
  public Outcome of(DualCot dual) {
    int[] promptIds;
    Response right;
    Response wrong;
    try {
      promptIds = student.promptIds(dual.problem().question());
      right = student.response(dual.right().text());
      wrong = dual.wrong() == null ? null : student.response(dual.wrong().text());
    } catch (IllegalArgumentException e) {
      return new Rejected(Rejection.NOT_TOKENIZABLE, e.getMessage());
    }
    int longest = promptIds.length + Math.max(right.length(), wrong == null ? 0 : wrong.length());
    if (longest > gates.maxLength()) {
      return new Rejected(
          Rejection.TOO_LONG,
          "prompt and response: expected at most %d tokens, got %d"
              .formatted(gates.maxLength(), longest));
    }
    return wrong == null
        ? new Aligned(record(dual, promptIds, right.withoutKeys(), null, 0, 0))
        : pair(dual, promptIds, right, wrong);
  }

  private Outcome pair(DualCot dual, int[] promptIds, Response right, Response wrong) {
    if (dual.right().text().equals(dual.wrong().text()) || right.sameTokens(wrong)) {
      return new Rejected(Rejection.IDENTICAL, "right and wrong: expected two texts, got one");
    }
    if (Grade.of(dual.wrong().text(), dual.problem().answer()) == Grade.RIGHT) {
      return new Rejected(
          Rejection.ANSWER_NOT_DIFFERENT,
          "wrong: expected another final answer than the gold one, got the gold one");
    }
    KeyMasks masks =
        aligner.get().align(right.after(promptIds), wrong.after(promptIds), promptIds.length);
    if (masks.similarity() < gates.minSimilarity()) {
      return new Rejected(
          Rejection.NOT_DUAL,
          "similarity: expected at least %s, got %.3f"
              .formatted(gates.minSimilarity(), masks.similarity()));
    }
    return new Aligned(
        record(
            dual,
            promptIds,
            right.withKeys(masks.rightKey(), promptIds.length),
            wrong.withKeys(masks.wrongKey(), promptIds.length),
            masks.similarity(),
            masks.keyShare()));
  }

  private KeySteps record(
      DualCot dual,
      int[] promptIds,
      KeySteps.Side right,
      KeySteps.Side wrong,
      double similarity,
      double keyShare) {
    return new KeySteps(
        dual.problem(),
        student.fingerprint(),
        rule.ruleName(),
        promptIds,
        right,
        wrong,
        similarity,
        keyShare,
        dual.origin(),
        dual.mistake());
  }
}
