package dev.edit.datasets.reader;

import dev.edit.contracts.Problem.Split;
import dev.edit.datasets.json.Entry;

/**
 * What the entries of one file have in common.
 *
 * @param file the file
 * @param source the source that stands in ids
 * @param task the task
 * @param canary the canary line; null where the file has none
 * @param published the published split; null where there is none
 */
record Common(DatasetFile file, String source, String task, String canary, Split published) {

  /** A question; its id tells source, file and position. */
  Question question(Entry entry, long index, String text, String answer) {
    String id = "%s/%s/%04d".formatted(source, file.name(), index);
    return new Question(entry.place(), id, task, text, answer, canary, published, null, source);
  }
}
