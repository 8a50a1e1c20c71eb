package dev.edit.systemtests.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A document of a manifest file.
 *
 * @param source where it was read, for messages
 * @param node its content
 */
record Manifest(String source, JsonNode node) {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .build();

  /** The documents of a file; a key that is there twice is an error. */
  static List<Manifest> read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The documents of a text. */
  static List<Manifest> parse(String source, String text) {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(text)) {
      return documents.readAll().stream()
          .filter(node -> node != null && !node.isNull() && !node.isMissingNode())
          .map(node -> new Manifest(source, node))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(source + ": no valid YAML: " + e.getMessage(), e);
    }
  }

  String apiVersion() {
    return node.path("apiVersion").asText();
  }

  String kind() {
    return node.path("kind").asText();
  }

  String name() {
    return node.at("/metadata/name").asText();
  }

  boolean is(String kind) {
    return kind().equals(kind);
  }

  /** The pod template of a workload, which a pod is itself; missing for everything else. */
  JsonNode podTemplate() {
    return is("Pod") ? node : node.at("/spec/template");
  }

  /** Whether pods come out of it. */
  boolean isWorkload() {
    return List.of("Deployment", "StatefulSet", "Job", "Pod").contains(kind());
  }

  /** Its containers, those that run before included. */
  Stream<JsonNode> containers() {
    return Stream.concat(
        elements(podTemplate().at("/spec/initContainers")),
        elements(podTemplate().at("/spec/containers")));
  }

  /** Whether a selector ({@code matchLabels}, {@code matchExpressions} with In) takes labels. */
  static boolean selects(JsonNode selector, JsonNode labels) {
    for (Map.Entry<String, JsonNode> wanted : selector.path("matchLabels").properties()) {
      if (!wanted.getValue().equals(labels.path(wanted.getKey()))) {
        return false;
      }
    }
    return elements(selector.path("matchExpressions"))
        .allMatch(
            expression ->
                elements(expression.path("values"))
                    .anyMatch(value -> value.equals(labels.path(expression.path("key").asText()))));
  }

  /** A plain map as a selector. */
  static JsonNode matchLabels(JsonNode labels) {
    return JsonNodeFactory.instance.objectNode().set("matchLabels", labels);
  }

  static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  @Override
  public String toString() {
    return kind() + "/" + name() + " in " + source;
  }
}
