package dev.edit.datasets.reader;

import dev.edit.contracts.Problem.Split;
import dev.edit.datasets.json.Entry;
import dev.edit.datasets.json.JsonDocument;
import dev.edit.datasets.json.JsonLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * ARC in the three shapes in which it is passed on: AI2's lines {@code {question {stem, choices
 * [{text, label}]}, answerKey}}, Hugging Face's lines {@code {question, choices {text [], label
 * []}, answerKey}}, and a list like BIG-Bench Hard's, {@code [{input, target}]}. The same question
 * gives the same text in all three. Labels stay as they are, letters or digits.
 *
 * <p>A file's split is in its name; one without counts as held out.
 */
public final class ArcReader implements QuestionReader {
  private static final String KEY = "answerKey";

  private final String source;

  /**
   * @param source the source that stands in ids; null to tell easy from challenge by the file
   */
  public ArcReader(String source) {
    this.source = source;
  }

  @Override
  public void read(DatasetFile file, Consumer<Question> to) throws IOException {
    Common common =
        new Common(
            file, source(file), file.task().orElse("arc"), null, file.split().orElse(Split.TEST));
    if (new JsonDocument(file.path()).isList()) {
      new JsonDocument(file.path())
          .entries(entry -> to.accept(inputTarget(entry, entry.place().index(), common)));
      return;
    }
    long[] index = {0};
    JsonLines.read(file.path(), entry -> to.accept(line(entry, index[0]++, common)));
  }

  private String source(DatasetFile file) {
    if (source != null) {
      return source;
    }
    String name = file.name().toLowerCase(Locale.ROOT);
    if (name.contains("easy")) {
      return "arc-easy";
    }
    return name.contains("challenge") ? "arc-challenge" : "arc";
  }

  private static Question inputTarget(Entry entry, long index, Common common) {
    return common.question(
        entry, index, entry.text("input"), GoldAnswer.of(entry, "target", entry.text("target")));
  }

  private static Question line(Entry entry, long index, Common common) {
    boolean ai2 = entry.fields().path("question").isObject();
    List<Choice> choices = ai2 ? ai2Choices(entry) : listedChoices(entry);
    String stem = ai2 ? entry.object("question").text("stem") : entry.text("question");
    return common.question(
        entry,
        index,
        Choice.below("Question: " + stem.strip(), choices),
        Choice.answer(entry, KEY, entry.text(KEY).strip(), choices));
  }

  private static List<Choice> ai2Choices(Entry entry) {
    return entry.object("question").objects("choices").stream()
        .map(choice -> new Choice(choice.text("label").strip(), choice.text("text").strip()))
        .toList();
  }

  private static List<Choice> listedChoices(Entry entry) {
    Entry lists = entry.object("choices");
    List<String> texts = lists.texts("text");
    List<String> labels = lists.texts("label");
    if (texts.size() != labels.size()) {
      throw entry.malformed(
          "choices.label", labels, texts.size() + " labels, as many as 'choices.text' has texts");
    }
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      choices.add(new Choice(labels.get(i).strip(), texts.get(i).strip()));
    }
    return choices;
  }
}
