package dev.edit.datasets.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.edit.contracts.Problem.Split;
import dev.edit.datasets.json.Entry;
import dev.edit.datasets.json.JsonLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * AGIEval: {@code {passage, question, options ["(A)..."], label, answer, other}} a line; a test set
 * as a whole. Choices are labelled by position, whatever their text starts with: a few published
 * ones have lost their parentheses. Cloze questions have an answer in place of options and label.
 */
public final class AgiEvalReader implements QuestionReader {
  private final String source;

  public AgiEvalReader(String source) {
    this.source = source;
  }

  @Override
  public void read(DatasetFile file, Consumer<Question> to) throws IOException {
    Common common =
        new Common(file, source, file.task().orElse(source), null, file.split().orElse(Split.TEST));
    long[] index = {0};
    JsonLines.read(file.path(), entry -> to.accept(question(entry, index[0]++, common)));
  }

  private static Question question(Entry entry, long index, Common common) {
    Optional<String> passage = entry.optionalText("passage").map(String::strip);
    String asked = entry.text("question").strip();
    String question = passage.map(text -> text + "\n\n" + asked).orElse(asked);
    if (!entry.has("options")) {
      String answer = GoldAnswer.of(entry, "answer", entry.text("answer"));
      return common.question(entry, index, question, answer);
    }
    List<Choice> choices = choices(entry.texts("options"));
    return common.question(entry, index, Choice.below(question, choices), answer(entry, choices));
  }

  private static List<Choice> choices(List<String> options) {
    List<Choice> choices = new ArrayList<>();
    for (String option : options) {
      String label = String.valueOf((char) ('A' + choices.size()));
      String mark = "(" + label + ")";
      String text = option.startsWith(mark) ? option.substring(mark.length()) : option;
      choices.add(new Choice(label, text.strip()));
    }
    return choices;
  }

  /** Several labels, as some sets have them, stand side by side: "(A)(C)". */
  private static String answer(Entry entry, List<Choice> choices) {
    JsonNode label = entry.fields().get("label");
    List<String> labels =
        label != null && label.isArray() ? entry.texts("label") : List.of(entry.text("label"));
    StringBuilder answer = new StringBuilder();
    for (String one : labels) {
      answer.append(Choice.answer(entry, "label", one.strip(), choices));
    }
    return answer.toString();
  }
}
