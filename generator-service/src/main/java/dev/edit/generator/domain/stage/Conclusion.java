package dev.edit.generator.domain.stage;

import dev.edit.contracts.grading.AnswerExtraction;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A chain of thought that ends in one answer: no control characters, and all of its answer
 * sentences agree (grading reads the first one, so that two that differ would mislead).
 */
record Conclusion(String text, String answer) {
  private static final String PHRASE = "the answer is";

  static Reading<Conclusion> read(String reply) {
    String text = reply.replace("\r\n", "\n").strip();
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
      return new Reading.Missing<>(
          Reason.TEACHER_CONTROL_CHARACTERS, "the text holds control characters");
    }
    Optional<String> answer = AnswerExtraction.extract(text);
    if (answer.isEmpty()) {
      return new Reading.Missing<>(
          Reason.TEACHER_NO_ANSWER, "the text has no sentence with '" + PHRASE + "'");
    }
    Set<String> answers = answers(text);
    if (answers.size() > 1) {
      return new Reading.Missing<>(
          Reason.TEACHER_TWO_ANSWERS, "the text gives different answers: " + answers);
    }
    return new Reading.Found<>(new Conclusion(text, answer.get()));
  }

  private static Set<String> answers(String text) {
    Set<String> answers = new LinkedHashSet<>();
    for (int at = text.indexOf(PHRASE); at >= 0; at = text.indexOf(PHRASE, at + 1)) {
      AnswerExtraction.extract(text.substring(at)).ifPresent(answers::add);
    }
    return answers;
  }
}
