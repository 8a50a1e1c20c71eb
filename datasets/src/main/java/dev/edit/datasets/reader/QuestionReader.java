package dev.edit.datasets.reader;

import java.io.IOException;
import java.util.function.Consumer;

/** Reads one published format. Each read of the same file gives the same questions. */
public interface QuestionReader {

  /**
   * Hands on the questions of a file, in order and one at a time.
   *
   * @throws dev.edit.datasets.json.MalformedDatasetException where the file is not as the format
   *     says
   */
  void read(DatasetFile file, Consumer<Question> to) throws IOException;
}
