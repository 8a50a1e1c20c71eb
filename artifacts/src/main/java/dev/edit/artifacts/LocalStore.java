package dev.edit.artifacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Artifacts as folders below a root. A folder is written under another name, forced to disk and
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
    WholeFolder.write(
        path(name),
        draft -> {
          for (String file : manifest.files().keySet()) {
            Path copy = draft.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(folder.resolve(file), copy);
          }
          manifest.verify(draft);
          Files.write(draft.resolve(FolderManifest.NAME), manifest.bytes());
        });
    return uri(name);
  }

  @Override
  public String write(String name, WholeFolder.Content content) throws IOException {
    Path target = path(name);
    WholeFolder.clearDrafts(target.getParent());
    WholeFolder.write(target, draft -> FolderManifest.complete(draft, content));
    return uri(name);
  }

  @Override
  public Path fetch(String name) throws IOException {
    return fetch(path(name), Trust.VERIFIED);
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
    WholeFolder.delete(folder);
  }

  @Override
  public void put(String name, byte[] bytes) throws IOException {
    Path file = path(name);
    Path parent = Files.createDirectories(file.getParent());
    Path draft = parent.resolve("." + file.getFileName() + "-" + UUID.randomUUID());
    try {
      Files.write(draft, bytes);
      WholeFolder.flush(draft);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      WholeFolder.flush(parent);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  @Override
  public byte[] get(String name) throws IOException {
    try {
      return Files.readAllBytes(path(name));
    } catch (NoSuchFileException e) {
      return null;
    }
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

  private Path path(String name) {
    return root.resolve(ArtifactName.check("artifact", name));
  }
}
