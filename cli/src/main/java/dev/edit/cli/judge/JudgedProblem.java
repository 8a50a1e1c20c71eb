package dev.edit.cli.judge;

import dev.edit.contracts.Require;
import java.util.Map;
import java.util.TreeMap;

/**
 * A problem with what several students wrote about it.
 *
 * @param id the problem's id
 * @param question what was asked
 * @param reference a chain of thought that shows the key steps
 * @param answers by the student's name, in the order of the names
 */
public record JudgedProblem(
    String id, String question, String reference, Map<String, String> answers) {
  public JudgedProblem {
    Require.text("id", id);
    Require.text("question", question);
    Require.text("reference", reference);
    answers = new TreeMap<>(answers);
    Require.atLeast("answers", answers.size(), 1);
  }
}
