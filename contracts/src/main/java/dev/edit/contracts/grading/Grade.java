package dev.edit.contracts.grading;

import java.util.Optional;

/** How a chain of thought fares against the gold answer. */
public enum Grade {
  RIGHT,
  WRONG,
  /** No final answer could be extracted; counts as wrong in accuracy. */
  UNANSWERED;

  /** Grades by exact match of the extracted answer. */
  public static Grade of(String chainOfThought, String goldAnswer) {
    return ofAnswer(AnswerExtraction.extract(chainOfThought), goldAnswer);
  }

  /** Grades an extracted answer by exact match. */
  public static Grade ofAnswer(Optional<String> answer, String goldAnswer) {
    if (answer.isEmpty()) {
      return UNANSWERED;
    }
    return answer.get().equals(goldAnswer) ? RIGHT : WRONG;
  }
}
