package dev.edit.datasets.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON object and where it stands; a field that is not as asked for is reported with its place.
 *
 * @param place where it stands
 * @param fields the object
 */
public record Entry(Place place, ObjectNode fields) {

  /** A field that must hold text with at least one visible character. */
  public String text(String field) {
    return optionalText(field)
        .orElseThrow(() -> malformed(field, fields.get(field), "a non-blank text"));
  }

  /** A field's text; empty where it is missing, null or blank. */
  public Optional<String> optionalText(String field) {
    JsonNode value = fields.get(field);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw malformed(field, value, "a text");
    }
    return value.textValue().isBlank() ? Optional.empty() : Optional.of(value.textValue());
  }

  /** A field that must hold an object. */
  public Entry object(String field) {
    if (fields.get(field) instanceof ObjectNode object) {
      return new Entry(place, object);
    }
    throw malformed(field, fields.get(field), "an object");
  }

  /** A field that must hold a list of at least one text. */
  public List<String> texts(String field) {
    JsonNode list = fields.get(field);
    if (list == null || !list.isArray() || list.isEmpty()) {
      throw malformed(field, list, "a list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : list) {
      if (!item.isTextual()) {
        throw malformed(field + "[" + texts.size() + "]", item, "a text");
      }
      texts.add(item.textValue());
    }
    return texts;
  }

  /** A field that must hold a list of at least one object. */
  public List<Entry> objects(String field) {
    JsonNode list = fields.get(field);
    if (list == null || !list.isArray() || list.isEmpty()) {
      throw malformed(field, list, "a list of objects");
    }
    List<Entry> objects = new ArrayList<>();
    for (JsonNode item : list) {
      if (!(item instanceof ObjectNode object)) {
        throw malformed(field + "[" + objects.size() + "]", item, "an object");
      }
      objects.add(new Entry(place, object));
    }
    return objects;
  }

  /** A field that must hold a list of whole numbers; it may be empty. */
  public int[] integers(String field) {
    JsonNode list = fields.get(field);
    if (list == null || !list.isArray()) {
      throw malformed(field, list, "a list of whole numbers");
    }
    int[] numbers = new int[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode item = list.get(i);
      if (!item.isIntegralNumber() || !item.canConvertToInt()) {
        throw malformed(field + "[" + i + "]", item, "a whole number of 32 bits");
      }
      numbers[i] = item.intValue();
    }
    return numbers;
  }

  /** Whether a field holds anything but null. */
  public boolean has(String field) {
    return fields.hasNonNull(field);
  }

  /** What to throw where a field's value is not as it should be. */
  public MalformedDatasetException malformed(String field, Object value, String expected) {
    return MalformedDatasetException.field(place, field, value, expected);
  }
}
