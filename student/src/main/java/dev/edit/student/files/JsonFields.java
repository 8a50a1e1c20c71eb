package dev.edit.student.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a JSON object as Hugging Face and peft write them: {@code null} counts as missing.
 * Every error names the source, the field, its value and what was expected.
 */
public final class JsonFields {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonNode root;
  private final String source;
  private final String prefix;

  private JsonFields(JsonNode root, String source, String prefix) {
    this.root = root;
    this.source = source;
    this.prefix = prefix;
  }

  /** Parses an object; {@code source} stands in front of every error. */
  public static JsonFields parse(String json, String source) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(source + ": not valid JSON: " + e.getOriginalMessage(), e);
    }
    if (!root.isObject()) {
      throw new IllegalArgumentException(
          source + ": expected a JSON object, found " + root.getNodeType());
    }
    return new JsonFields(root, source, "");
  }

  /** The object itself. */
  public JsonNode root() {
    return root;
  }

  /** Whether the field is there, be it null. */
  public boolean mentioned(String field) {
    return root.has(field);
  }

  /** Whether the field is there and not null. */
  public boolean present(String field) {
    return root.hasNonNull(field);
  }

  /** The object in a field. */
  public JsonFields object(String field) {
    JsonNode node = root.path(field);
    if (!node.isObject()) {
      throw wrong(field, "an object");
    }
    return new JsonFields(node, source, prefix + field + ".");
  }

  /** An integer that must be there. */
  public int integer(String field) {
    JsonNode node = root.path(field);
    if (node.isIntegralNumber() && node.canConvertToInt()) {
      return node.intValue();
    }
    throw wrong(field, "an integer");
  }

  /** An integer, or another value where the field is missing. */
  public int integer(String field, int otherwise) {
    return present(field) ? integer(field) : otherwise;
  }

  /** A number that must be there. */
  public double number(String field) {
    if (!root.path(field).isNumber()) {
      throw wrong(field, "a number");
    }
    return root.get(field).doubleValue();
  }

  /** A number, or another value where the field is missing. */
  public double number(String field, double otherwise) {
    return present(field) ? number(field) : otherwise;
  }

  /** True or false, or another value where the field is missing. */
  public boolean flag(String field, boolean otherwise) {
    if (present(field) && !root.get(field).isBoolean()) {
      throw wrong(field, "true or false");
    }
    return root.path(field).asBoolean(otherwise);
  }

  /** A text that must be there. */
  public String text(String field) {
    if (!root.path(field).isTextual()) {
      throw wrong(field, "a text");
    }
    return root.get(field).textValue();
  }

  /** A text, or another value where the field is missing. */
  public String text(String field, String otherwise) {
    return present(field) ? text(field) : otherwise;
  }

  /** An integer or a list of integers; empty where the field is missing. */
  public List<Integer> integers(String field) {
    if (!present(field)) {
      return List.of();
    }
    if (!root.get(field).isArray()) {
      return List.of(integer(field));
    }
    List<Integer> values = new ArrayList<>();
    for (JsonNode value : root.get(field)) {
      if (!value.isInt()) {
        throw wrong(field, "an integer or a list of integers");
      }
      values.add(value.intValue());
    }
    return values;
  }

  /** A list of texts. */
  public List<String> texts(String field) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : root.path(field)) {
      if (!value.isTextual()) {
        throw wrong(field, "a list of texts");
      }
      values.add(value.textValue());
    }
    if (!root.path(field).isArray()) {
      throw wrong(field, "a list of texts");
    }
    return values;
  }

  /** The field says something that is no model or adapter at all. */
  public IllegalArgumentException wrong(String field, String expected) {
    Object value = root.path(field).isMissingNode() ? "missing" : root.get(field);
    return new IllegalArgumentException(
        "%s: %s is %s, expected %s".formatted(source, prefix + field, value, expected));
  }

  /** The field asks for what is not implemented. */
  public IllegalArgumentException unsupported(String field, String supported) {
    JsonNode node = root.path(field);
    String value = node.isMissingNode() ? "missing" : node.asText(node.toString());
    if (node.isContainerNode()) {
      value = node.toString();
    }
    return new IllegalArgumentException(
        "%s: %s is %s, which is not supported; supported: %s"
            .formatted(source, prefix + field, value, supported));
  }
}
