package dev.edit.datasets.reader;

import dev.edit.contracts.grading.AnswerExtraction;
import dev.edit.datasets.json.Entry;
import java.util.Optional;

/**
 * Gold answers as grading compares them: what the extraction rule finds where a chain of thought
 * ends in the answer. An answer that a right chain of thought could never yield would count every
 * student as wrong.
 */
final class GoldAnswer {
  private GoldAnswer() {}

  /** One line, stripped, without full stops at the end. */
  static String of(Entry entry, String field, String published) {
    String answer = published.replaceAll("\\s*\\R\\s*", " ").strip();
    while (answer.endsWith(".")) {
      answer = answer.substring(0, answer.length() - 1).strip();
    }
    String graded = answer;
    Optional<String> extracted = AnswerExtraction.extract("the answer is " + graded + ".");
    return extracted
        .filter(graded::equals)
        .orElseThrow(() -> entry.malformed(field, published, "an answer that can be graded"));
  }
}
