package dev.edit.alignment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Real data that lies beside the checkout, in {@code ../shared/data}, and is no part of it. */
final class SharedData {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SharedData() {}

  /** A file or folder of the data, looked for beside this folder and every one above it. */
  static Optional<Path> find(String name) {
    Path data = Path.of("shared", "data").resolve(name);
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(data))) {
        return Optional.of(at.resolve(data));
      }
    }
    return Optional.empty();
  }

  /** The pairs of a file of lines {@code {right: [ints], wrong: [ints]}}, right first. */
  static List<int[][]> pairs(Path file) throws IOException {
    List<int[][]> pairs = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode pair = JSON.readTree(line);
      pairs.add(
          new int[][] {
            JSON.convertValue(pair.get("right"), int[].class),
            JSON.convertValue(pair.get("wrong"), int[].class)
          });
    }
    return pairs;
  }
}
