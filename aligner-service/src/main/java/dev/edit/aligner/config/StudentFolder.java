package dev.edit.aligner.config;

import dev.edit.aligner.domain.Student;
import dev.edit.tokenizer.EndToken;
import dev.edit.tokenizer.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Hugging Face model folder, as far as the aligner reads it. */
final class StudentFolder {
  private static final String KEY = "edit.aligner.student";

  private StudentFolder() {}

  /**
   * The student of a folder.
   *
   * @throws IllegalArgumentException if a file is missing or does not hold what it should; the
   *     message names it
   */
  static Student open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "%s: expected a folder with tokenizer.json and config.json, got %s"
              .formatted(KEY, folder));
    }
    int eosId = EndToken.of(folder);
    Tokenizer tokenizer = Tokenizer.load(folder);
    try {
      return new Student(tokenizer, eosId);
    } catch (IllegalArgumentException e) {
      tokenizer.close();
      throw new IllegalArgumentException(folder.resolve("config.json") + ": " + e.getMessage(), e);
    }
  }
}
