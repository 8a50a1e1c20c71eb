package dev.edit.cli.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.cli.CommandFailure;
import dev.edit.datasets.json.JsonLines;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    List<InputLine> lines = new ArrayList<>();
    try {
      JsonLines.read(
          file,
          entry -> {
            lines.add(new InputLine(entry.fields(), entry.place().toString()));
            if (lines.size() == part) {
              hand(lines, taker);
            }
          });
      hand(lines, taker);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void hand(List<InputLine> lines, Part taker) {
    if (lines.isEmpty()) {
      return;
    }
    try {
      taker.accept(List.copyOf(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lines.clear();
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
