package dev.edit.datasets.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A file that holds one JSON document: a list of entries, or an object with such a list beside
 * fields that say something of all entries. No more than one entry is held.
 */
public final class JsonDocument {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  public JsonDocument(Path file) {
    this.file = file;
  }

  /** Whether the file starts with a list. */
  public boolean isList() throws IOException {
    try (JsonParser parser = open()) {
      return next(parser) == JsonToken.START_ARRAY;
    }
  }

  /**
   * The fields of the object, without that of the entries. They are read first and on their own:
   * JSON may have them after the entries.
   */
  public Entry header(String entries) throws IOException {
    try (JsonParser parser = open()) {
      require(parser, next(parser), JsonToken.START_OBJECT, "a JSON object");
      ObjectNode header = JSON.createObjectNode();
      while (next(parser) == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        next(parser);
        if (name.equals(entries)) {
          skip(parser);
        } else {
          header.set(name, value(parser));
        }
      }
      return new Entry(Place.of(file), header);
    }
  }

  /**
   * Hands on the entries of the object's field, in order.
   *
   * @throws MalformedDatasetException where the field is missing or no list of objects
   */
  public void entries(String field, Consumer<Entry> to) throws IOException {
    try (JsonParser parser = open()) {
      require(parser, next(parser), JsonToken.START_OBJECT, "a JSON object");
      while (next(parser) == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken start = next(parser);
        if (name.equals(field)) {
          require(parser, start, JsonToken.START_ARRAY, "a list in field '" + field + "'");
          each(parser, to);
          return;
        }
        skip(parser);
      }
    }
    throw MalformedDatasetException.field(Place.of(file), field, null, "a list of objects");
  }

  /** Hands on the entries of a file that is a list, in order. */
  public void entries(Consumer<Entry> to) throws IOException {
    try (JsonParser parser = open()) {
      require(parser, next(parser), JsonToken.START_ARRAY, "a JSON list");
      each(parser, to);
    }
  }

  private void each(JsonParser parser, Consumer<Entry> to) throws IOException {
    for (long index = 0; next(parser) != JsonToken.END_ARRAY; index++) {
      Place place = new Place(file, parser.currentTokenLocation().getLineNr(), index);
      JsonNode entry = value(parser);
      if (!(entry instanceof ObjectNode object)) {
        throw MalformedDatasetException.at(
            place, "expected a JSON object, but was " + entry.getNodeType(), null);
      }
      to.accept(new Entry(place, object));
    }
  }

  private JsonParser open() throws IOException {
    return JSON.createParser(Files.newInputStream(file));
  }

  private JsonToken next(JsonParser parser) throws IOException {
    try {
      return parser.nextToken();
    } catch (JsonProcessingException e) {
      throw notJson(parser, e);
    }
  }

  private void skip(JsonParser parser) throws IOException {
    try {
      parser.skipChildren();
    } catch (JsonProcessingException e) {
      throw notJson(parser, e);
    }
  }

  private JsonNode value(JsonParser parser) throws IOException {
    try {
      return JSON.readTree(parser);
    } catch (JsonProcessingException e) {
      throw notJson(parser, e);
    }
  }

  private void require(JsonParser parser, JsonToken is, JsonToken expected, String what) {
    if (is != expected) {
      throw MalformedDatasetException.at(
          at(parser), "expected " + what + ", but was " + (is == null ? "nothing" : is), null);
    }
  }

  private MalformedDatasetException notJson(JsonParser parser, JsonProcessingException e) {
    return MalformedDatasetException.at(
        at(parser), "expected JSON, but: " + e.getOriginalMessage(), e);
  }

  private Place at(JsonParser parser) {
    return new Place(file, parser.currentLocation().getLineNr(), -1);
  }
}
