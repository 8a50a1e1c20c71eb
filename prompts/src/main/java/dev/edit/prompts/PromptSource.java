package dev.edit.prompts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a pack's files lie. */
@FunctionalInterface
public interface PromptSource {
  /**
   * The text of a file, or empty where there is none.
   *
   * @param path relative to the pack, such as {@code cot-prompts/navigate.txt}
   */
  Optional<String> text(String path);

  /** A folder. */
  static PromptSource folder(Path root) {
    return path -> {
      Path file = root.resolve(path);
      try {
        return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
      } catch (IOException e) {
        throw new PromptPackException("cannot read " + file + ": " + e.getMessage(), e);
      }
    };
  }

  /** A folder of this program's own resources. */
  static PromptSource resources(String root) {
    ClassLoader loader = PromptSource.class.getClassLoader();
    return path -> {
      try (InputStream in = loader.getResourceAsStream(root + "/" + path)) {
        return in == null
            ? Optional.empty()
            : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new PromptPackException("cannot read resource " + root + "/" + path, e);
      }
    };
  }
}
