package dev.edit.contracts;

/** What the student reads before it reasons; the same for training and for evaluation. */
public final class StudentPrompt {
  private StudentPrompt() {}

  /**
   * The prompt for a question: the question and a line break, after which the chain of thought
   * starts.
   */
  public static String render(String question) {
    return question + "\n";
  }
}
