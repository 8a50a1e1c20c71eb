package dev.edit.trainer.client.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Lays one tree of a manifest over another. Objects merge field by field and a null removes the
 * field; lists whose elements all have a {@code name}, such as containers, variables and volumes,
 * merge by that name; anything else is replaced.
 */
final class YamlMerge {
  private static final String NAME = "name";

  private YamlMerge() {}

  /** Merges {@code over} into {@code base}, which is changed, and returns what stands then. */
  static JsonNode merge(JsonNode base, JsonNode over) {
    if (base instanceof ObjectNode object && over instanceof ObjectNode fields) {
      fields
          .properties()
          .forEach(
              field -> {
                if (field.getValue().isNull()) {
                  object.remove(field.getKey());
                } else {
                  JsonNode old = object.get(field.getKey());
                  object.set(field.getKey(), merge(old, field.getValue()));
                }
              });
      return object;
    }
    if (base instanceof ArrayNode old && over instanceof ArrayNode list && named(old, list)) {
      list.forEach(element -> mergeElement(old, element));
      return old;
    }
    return over.deepCopy();
  }

  private static void mergeElement(ArrayNode base, JsonNode element) {
    for (int i = 0; i < base.size(); i++) {
      if (base.get(i).get(NAME).equals(element.get(NAME))) {
        base.set(i, merge(base.get(i), element));
        return;
      }
    }
    base.add(element.deepCopy());
  }

  private static boolean named(ArrayNode base, ArrayNode over) {
    return allNamed(base) && allNamed(over);
  }

  private static boolean allNamed(ArrayNode list) {
    for (JsonNode element : list) {
      if (!element.hasNonNull(NAME)) {
        return false;
      }
    }
    return true;
  }
}
