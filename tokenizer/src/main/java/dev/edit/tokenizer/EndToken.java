package dev.edit.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The token that ends a response, as a Hugging Face model folder's {@code config.json} names it.
 */
public final class EndToken {
  private static final String FIELD = "eos_token_id";

  private EndToken() {}

  /**
   * Its id: a number, or the first of a list of numbers, where models with several stop tokens have
   * it.
   *
   * @throws IllegalArgumentException if the file is missing or does not say; the message names it
   */
  public static int of(Path folder) {
    Path config = folder.resolve("config.json");
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(Files.readAllBytes(config));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          config + ": no such file; expected a Hugging Face model folder", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "student: expected a readable JSON file at %s: %s".formatted(config, e), e);
    }
    JsonNode eos = root.path(FIELD).isArray() ? root.path(FIELD).path(0) : root.path(FIELD);
    if (!eos.isInt()) {
      throw new IllegalArgumentException(
          "%s: expected %s to be a token id or a list of them, got %s"
              .formatted(config, FIELD, root.path(FIELD)));
    }
    return eos.intValue();
  }
}
