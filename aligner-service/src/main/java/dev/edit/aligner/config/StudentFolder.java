package dev.edit.aligner.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.aligner.domain.Student;
import dev.edit.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Hugging Face model folder, as far as the aligner reads it. */
final class StudentFolder {
  private static final String KEY = "edit.aligner.student";
  private static final String EOS = "eos_token_id";

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
    int eosId = eosId(folder.resolve("config.json"));
    Tokenizer tokenizer = Tokenizer.load(folder);
    try {
      return new Student(tokenizer, eosId);
    } catch (IllegalArgumentException e) {
      tokenizer.close();
      throw new IllegalArgumentException(folder.resolve("config.json") + ": " + e.getMessage(), e);
    }
  }

  /** A number, or the first of a list of numbers: models with several stop tokens put EOS first. */
  private static int eosId(Path config) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(Files.readAllBytes(config));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s: expected a readable JSON file at %s: %s".formatted(KEY, config, e), e);
    }
    JsonNode eos = root.path(EOS).isArray() ? root.path(EOS).path(0) : root.path(EOS);
    if (!eos.isInt()) {
      throw new IllegalArgumentException(
          "%s: expected %s to be a token id or a list of them, got %s"
              .formatted(config, EOS, root.path(EOS)));
    }
    return eos.intValue();
  }
}
