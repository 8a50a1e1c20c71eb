package dev.edit.datasets.reader;

import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.Problem.Split;
import dev.edit.datasets.json.Entry;
import dev.edit.datasets.json.JsonLines;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Plain problems, one JSON object a line with the fields of a Problem record. Question and answer
 * are required; what else is missing comes from the file's name and the import's settings.
 */
public final class ProblemReader implements QuestionReader {
  private final String source;

  public ProblemReader(String source) {
    this.source = source;
  }

  @Override
  public void read(DatasetFile file, Consumer<Question> to) throws IOException {
    long[] index = {0};
    JsonLines.read(file.path(), entry -> to.accept(question(entry, index[0]++, file)));
  }

  private Question question(Entry entry, long index, DatasetFile file) {
    Split split = oneOf(entry, "split", Split.values());
    return new Question(
        entry.place(),
        entry
            .optionalText("id")
            .orElseGet(() -> "%s/%s/%04d".formatted(source, file.name(), index)),
        entry.optionalText("task").or(file::task).orElse(source),
        entry.text("question"),
        GoldAnswer.of(entry, "answer", entry.text("answer")),
        entry.optionalText("canary").orElse(null),
        split == null ? file.split().orElse(null) : split,
        oneOf(entry, "domain", Domain.values()),
        entry.optionalText("source").orElse(source));
  }

  private static <E extends Enum<E>> E oneOf(Entry entry, String field, E[] values) {
    String value = entry.optionalText(field).orElse(null);
    if (value == null) {
      return null;
    }
    List<String> names =
        Arrays.stream(values).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
    int at = names.indexOf(value);
    if (at < 0) {
      throw entry.malformed(field, value, "one of " + names);
    }
    return values[at];
  }
}
