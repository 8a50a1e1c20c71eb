package dev.edit.cli.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds one JSON object. */
public final class JsonFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonFile() {}

  /**
   * Reads it.
   *
   * @throws CommandFailure naming file, line and column where it is no JSON object
   */
  public static ObjectNode object(Path file) throws IOException {
    try {
      JsonNode tree = JSON.readTree(Files.readAllBytes(file));
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw new CommandFailure(
          "%s: expected a JSON object, but was %s".formatted(file, tree.getNodeType()));
    } catch (JsonProcessingException e) {
      throw new CommandFailure(
          "%s:%d:%d: expected a JSON object, but this is no JSON"
              .formatted(file, e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
          e);
    }
  }
}
