package dev.edit.artifacts;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Artifacts as folders below a root. A folder is copied under another name, forced to disk and
 * renamed.
 */
final class LocalStore implements ArtifactStore {
  private final Path root;

  LocalStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public String publish(String name, Path folder) throws IOException {
    FolderManifest manifest = FolderManifest.of(folder);
    Path target = path(name);
    Path parent = Files.createDirectories(target.getParent());
    Path draft =
        Files.createDirectory(
            parent.resolve("." + target.getFileName() + ".draft-" + UUID.randomUUID()));
    try {
      for (String file : manifest.files().keySet()) {
        Path copy = draft.resolve(file);
        Files.createDirectories(copy.getParent());
        Files.copy(folder.resolve(file), copy);
        force(copy);
      }
      manifest.verify(draft);
      force(Files.write(draft.resolve(FolderManifest.NAME), manifest.bytes()));
      force(draft);
      Path old = parent.resolve(draft.getFileName() + ".old");
      if (Files.exists(target)) {
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      force(parent);
      delete(old);
    } finally {
      delete(draft);
    }
    return uri(name);
  }

  @Override
  public List<String> names(String prefix) throws IOException {
    Path start = prefix.isEmpty() ? root : path(prefix);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> tree = Files.walk(start)) {
      return tree.filter(file -> file.endsWith(FolderManifest.NAME))
          .map(file -> root.relativize(file.getParent()).toString())
          .filter(name -> !name.isEmpty() && !name.startsWith(".") && !name.contains("/."))
          .sorted()
          .toList();
    }
  }

  @Override
  public void remove(String name) throws IOException {
    Path folder = path(name);
    Files.deleteIfExists(folder.resolve(FolderManifest.NAME));
    delete(folder);
  }

  @Override
  public String uri(String name) {
    return path(name).toString();
  }

  /** The folder itself, once it is known to be what {@code trust} asks for. */
  static Path fetch(Path folder, Trust trust) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new ArtifactException(folder + ": expected a folder, found none");
    }
    Path manifest = folder.resolve(FolderManifest.NAME);
    if (Files.isRegularFile(manifest)) {
      FolderManifest.of(folder).verify(folder);
    } else if (trust == Trust.VERIFIED) {
      throw new ArtifactException(manifest + ": missing, so the artifact is not complete");
    }
    return folder;
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private Path path(String name) {
    return root.resolve(ArtifactName.check("artifact", name));
  }
}
