package dev.edit.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Token spellings and ids as a {@code tokenizer.json} lists them: the model's vocabulary (an
 * object, or Unigram's array of [token, score]) and the added tokens.
 */
final class Vocabulary {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Integer> ids = new HashMap<>();
  private int size;

  private Vocabulary() {}

  /**
   * The vocabulary in the bytes of a file.
   *
   * @throws IllegalArgumentException if they are not JSON or hold no {@code model.vocab}
   */
  static Vocabulary parse(byte[] bytes, Path file) {
    JsonNode root;
    try {
      root = JSON.readTree(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "tokenizer: expected JSON in " + file + ": " + e.getMessage(), e);
    }
    JsonNode vocab = root.path("model").path("vocab");
    Vocabulary vocabulary = new Vocabulary();
    if (vocab.isObject()) {
      vocab.properties().forEach(e -> vocabulary.add(e.getKey(), e.getValue().asInt()));
    } else if (vocab.isArray()) {
      for (int id = 0; id < vocab.size(); id++) {
        vocabulary.add(vocab.get(id).path(0).asText(), id);
      }
    } else {
      throw new IllegalArgumentException(
          "tokenizer: expected a Hugging Face tokenizer with model.vocab in " + file);
    }
    for (JsonNode added : root.path("added_tokens")) {
      vocabulary.add(added.path("content").asText(), added.path("id").asInt());
    }
    return vocabulary;
  }

  int size() {
    return size;
  }

  OptionalInt id(String token) {
    Integer id = ids.get(token);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  private void add(String token, int id) {
    ids.put(token, id);
    size = Math.max(size, id + 1);
  }
}
