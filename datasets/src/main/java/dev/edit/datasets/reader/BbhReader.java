package dev.edit.datasets.reader;

import dev.edit.datasets.json.Entry;
import dev.edit.datasets.json.JsonDocument;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * BIG-Bench Hard: one file a task, {@code {canary, examples [{input, target}]}}. The split is not
 * published.
 */
public final class BbhReader implements QuestionReader {
  private static final String EXAMPLES = "examples";

  private final String source;

  public BbhReader(String source) {
    this.source = source;
  }

  @Override
  public void read(DatasetFile file, Consumer<Question> to) throws IOException {
    JsonDocument document = new JsonDocument(file.path());
    Entry header = document.header(EXAMPLES);
    String canary = header.optionalText("canary").orElse(null);
    Common common = new Common(file, source, file.task().orElse(source), canary, null);
    document.entries(
        EXAMPLES,
        entry ->
            to.accept(
                common.question(
                    entry,
                    entry.place().index(),
                    entry.text("input"),
                    GoldAnswer.of(entry, "target", entry.text("target")))));
  }
}
