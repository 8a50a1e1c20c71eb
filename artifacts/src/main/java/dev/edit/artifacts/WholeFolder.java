package dev.edit.artifacts;

import dev.edit.contracts.codec.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder that appears whole or not at all: it is written under another name, flushed to disk and
 * renamed.
 */
public final class WholeFolder {
  private static final String DRAFT = ".draft-";

  private WholeFolder() {}

  /** Fills a folder that is not seen yet. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Path draft) throws IOException;
  }

  /**
   * Writes {@code target}, in place of an older folder of that name.
   *
   * @throws IOException where the disk refuses; an older folder is intact then
   */
  public static void write(Path target, Content content) throws IOException {
    Path draft = draft(target);
    Path parent = draft.getParent();
    try {
      content.writeTo(draft);
      try (Stream<Path> tree = Files.walk(draft)) {
        for (Path path : tree.toList()) {
          flush(path);
        }
      }
      Path old = parent.resolve(draft.getFileName() + ".old");
      if (Files.exists(target)) {
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      flush(parent);
      delete(old);
    } catch (IOException | RuntimeException e) {
      delete(draft);
      throw e;
    }
  }

  /** An empty folder beside {@code target}, which no reader takes for one. */
  static Path draft(Path target) throws IOException {
    Path parent = Files.createDirectories(target.getParent());
    // Not a temporary folder: those can be read by their owner alone.
    return Files.createDirectory(
        parent.resolve("." + target.getFileName() + DRAFT + UUID.randomUUID()));
  }

  /** Removes what a killed writer left in a folder; the folder may be absent. */
  public static void clearDrafts(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return;
    }
    try (Stream<Path> entries = Files.list(parent)) {
      for (Path entry : entries.filter(WholeFolder::isDraft).toList()) {
        delete(entry);
      }
    }
  }

  /** The SHA-256 of every file directly in a folder, by file name. */
  public static Map<String, String> digests(Path folder) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    for (Path file : files(folder)) {
      digests.put(file.getFileName().toString(), Sha256.of(file));
    }
    return digests;
  }

  /** Removes a folder or file with all that is in it, if it is there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Makes what was written to a file, or the names in a folder, durable. */
  static void flush(Path path) throws IOException {
    // A folder can only be opened for reading.
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static boolean isDraft(Path entry) {
    String name = entry.getFileName().toString();
    return name.startsWith(".") && name.contains(DRAFT);
  }
}
