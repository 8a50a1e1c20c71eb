package dev.edit.datasets.reader;

import dev.edit.datasets.json.Entry;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One choice of a multiple-choice question.
 *
 * @param label its label without parentheses, such as {@code A}
 * @param text its text
 */
record Choice(String label, String text) {

  /** A question with its choices below, as BIG-Bench Hard writes them. */
  static String below(String question, List<Choice> choices) {
    return choices.stream()
        .map(choice -> "(" + choice.label + ") " + choice.text)
        .collect(Collectors.joining("\n", question + "\nOptions:\n", ""));
  }

  /** The answer that names a choice; its label must be one of them. */
  static String answer(Entry entry, String field, String label, List<Choice> choices) {
    List<String> labels = choices.stream().map(Choice::label).toList();
    if (!labels.contains(label)) {
      throw entry.malformed(field, label, "one of " + labels);
    }
    return "(" + label + ")";
  }
}
