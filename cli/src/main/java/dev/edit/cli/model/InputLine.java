package dev.edit.cli.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.cli.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of an input file.
 *
 * @param place file and line number, which stand in front of every error
 */
record InputLine(ObjectNode object, String place) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Takes lines, a part of the file at a time. */
  interface Part {
    void accept(List<InputLine> lines) throws IOException;
  }

  /** Hands the file's lines on in parts, in order; blank lines are passed over. */
  static void read(Path file, int part, Part taker) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "no such file");
    }
    List<InputLine> lines = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank()) {
          lines.add(parse(line, file + ":" + number));
        }
        if (lines.size() == part) {
          taker.accept(lines);
          lines.clear();
        }
      }
    }
    if (!lines.isEmpty()) {
      taker.accept(lines);
    }
  }

  private static InputLine parse(String line, String place) {
    try {
      JsonNode node = JSON.readTree(line);
      if (node instanceof ObjectNode object) {
        return new InputLine(object, place);
      }
      throw new CommandFailure(place + ": expected a JSON object, got " + node.getNodeType());
    } catch (JsonProcessingException e) {
      throw new CommandFailure(
          place + ": expected a JSON object, but: " + e.getOriginalMessage(), e);
    }
  }

  boolean has(String field) {
    return object.hasNonNull(field);
  }

  /** A text that must be there. */
  String text(String field) {
    JsonNode value = object.get(field);
    if (value == null || !value.isTextual()) {
      throw wrong(field, "a text");
    }
    return value.textValue();
  }

  /** The first of the fields that is there; null where none is. */
  String text(String field, String other) {
    return has(field) ? text(field) : has(other) ? text(other) : null;
  }

  /** Token ids. */
  int[] tokens(String field) {
    JsonNode value = object.path(field);
    if (!value.isArray() || value.isEmpty()) {
      throw wrong(field, "a list of token ids");
    }
    int[] tokens = new int[value.size()];
    for (int i = 0; i < tokens.length; i++) {
      if (!value.get(i).isInt()) {
        throw wrong(field + "[" + i + "]", "a token id");
      }
      tokens[i] = value.get(i).intValue();
    }
    return tokens;
  }

  CommandFailure wrong(String field, String expected) {
    return new CommandFailure(
        "%s: field '%s': expected %s, but was %s"
            .formatted(place, field, expected, object.get(field)));
  }

  /** An answer's object, with the line's id where it has one. */
  ObjectNode answer() {
    ObjectNode answer = JSON.createObjectNode();
    if (object.has("id")) {
      answer.set("id", object.get("id"));
    }
    return answer;
  }
}
