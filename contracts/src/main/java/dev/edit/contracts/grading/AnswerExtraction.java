package dev.edit.contracts.grading;

import java.util.Optional;

/**
 * The final answer of a chain of thought: the text after the first "the answer is", up to the end
 * of that line, stripped, one trailing "." removed. A text without the phrase has no answer. The
 * rule reproduces the accuracies that the publisher of the BIG-Bench Hard teacher outputs reports.
 */
public final class AnswerExtraction {
  private static final String PHRASE = "the answer is";

  private AnswerExtraction() {}

  /** The answer, or empty where the phrase does not occur or nothing follows it. */
  public static Optional<String> extract(String chainOfThought) {
    int at = chainOfThought.indexOf(PHRASE);
    if (at < 0) {
      return Optional.empty();
    }
    String rest = chainOfThought.substring(at + PHRASE.length());
    int lineEnd = rest.indexOf('\n');
    String answer = (lineEnd < 0 ? rest : rest.substring(0, lineEnd)).strip();
    if (answer.endsWith(".")) {
      answer = answer.substring(0, answer.length() - 1);
    }
    return answer.isEmpty() ? Optional.empty() : Optional.of(answer);
  }

  /**
   * Whether nothing that may follow changes what {@link #extract} finds: the line of the first
   * phrase has ended. A student need not write on.
   */
  public static boolean settled(String chainOfThought) {
    int at = chainOfThought.indexOf(PHRASE);
    return at >= 0 && chainOfThought.indexOf('\n', at + PHRASE.length()) >= 0;
  }
}
