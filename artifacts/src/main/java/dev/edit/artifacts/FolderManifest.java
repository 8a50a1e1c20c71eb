package dev.edit.artifacts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.contracts.codec.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of an artifact and their digests.
 *
 * @param files SHA-256 by name relative to the folder, with {@code /}
 * @param bytes the content of {@value #NAME}
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through, not compared.
record FolderManifest(Map<String, String> files, byte[] bytes) {
  /** The file that makes an artifact complete. */
  static final String NAME = "manifest.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  FolderManifest {
    files = java.util.Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** Reads a manifest; {@code source} stands in front of every error. */
  static FolderManifest parse(byte[] bytes, String source) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new ArtifactException(source + ": not valid JSON: " + e.getOriginalMessage(), e);
    }
    if (!root.path("files").isObject()) {
      throw new ArtifactException(
          source + ": files is " + root.path("files") + ", expected SHA-256 digests by file name");
    }
    Map<String, String> files = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : root.get("files").properties()) {
      if (!entry.getValue().asText().matches("[0-9a-f]{64}")) {
        throw new ArtifactException(
            "%s: files.%s is %s, expected a SHA-256 in hexadecimal"
                .formatted(source, entry.getKey(), entry.getValue()));
      }
      try {
        files.put(ArtifactName.check("file", entry.getKey()), entry.getValue().asText());
      } catch (IllegalArgumentException e) {
        throw new ArtifactException(source + ": " + e.getMessage(), e);
      }
    }
    return new FolderManifest(files, bytes);
  }

  /** The folder's own manifest, or one made of its files where it has none. */
  static FolderManifest of(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (Files.isRegularFile(file)) {
      return parse(Files.readAllBytes(file), file.toString());
    }
    ObjectNode root = JSON.createObjectNode();
    ObjectNode digests = root.putObject("files");
    Map<String, String> files = new TreeMap<>();
    for (String name : names(folder)) {
      files.put(ArtifactName.check("file", name), Sha256.of(folder.resolve(name)));
    }
    files.forEach(digests::put);
    return new FolderManifest(files, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
  }

  /** Fills a folder, and adds a manifest where the content wrote none. */
  static void complete(Path folder, WholeFolder.Content content) throws IOException {
    content.writeTo(folder);
    Files.write(folder.resolve(NAME), of(folder).bytes());
  }

  /**
   * Compares every file with its digest.
   *
   * @throws ArtifactException naming the first file that is missing or different
   */
  void verify(Path folder) throws IOException {
    for (Map.Entry<String, String> entry : files.entrySet()) {
      Path file = folder.resolve(entry.getKey());
      if (!Files.isRegularFile(file)) {
        throw new ArtifactException(file + ": missing, but the manifest lists it");
      }
      requireDigest(file.toString(), entry.getValue(), Sha256.of(file));
    }
  }

  static void requireDigest(String file, String expected, String actual) throws ArtifactException {
    if (!actual.equals(expected)) {
      throw new ArtifactException(
          "%s: expected SHA-256 %s, but was %s".formatted(file, expected, actual));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
