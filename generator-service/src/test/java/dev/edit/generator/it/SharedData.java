package dev.edit.generator.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Real data that lies beside the checkout, in {@code ../shared/data}, and is no part of it. */
public final class SharedData {
  private SharedData() {}

  /** A file or folder of the data, looked for beside this folder and every one above it. */
  public static Optional<Path> find(String name) {
    Path data = Path.of("shared", "data").resolve(name);
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(data))) {
        return Optional.of(at.resolve(data));
      }
    }
    return Optional.empty();
  }
}
