package dev.edit.artifacts;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Stores and artifacts by their address: {@code s3://bucket/prefix}, {@code file:/path} or a path.
 * The S3 client is made when the first S3 address comes. Safe for use by several threads.
 */
public final class Artifacts implements AutoCloseable {
  private static final String FILE_SCHEME = "file:";

  private final S3Settings settings;
  private final Path cache;
  private final long partBytes;
  private S3Objects objects;

  /**
   * Makes no connection yet.
   *
   * @param cache folder for copies of what is fetched from S3; whoever owns it may empty it
   */
  public Artifacts(S3Settings settings, Path cache) {
    this(settings, cache, S3Objects.DEFAULT_PART);
  }

  Artifacts(S3Settings settings, Path cache, long partBytes) {
    this.settings = settings;
    this.cache = cache;
    this.partBytes = partBytes;
  }

  /** The store at an address. */
  public ArtifactStore store(String uri) {
    return S3Address.is(uri)
        ? new S3Store(objects(), S3Address.parse(uri), cache)
        : new LocalStore(path(uri));
  }

  /**
   * A local folder with the content of the artifact at {@code uri}; of a local one, the folder
   * itself. Not to be written to.
   *
   * @throws ArtifactException when it is missing, incomplete or damaged; names the file
   */
  public Path fetch(String uri, Trust trust) throws IOException {
    return S3Address.is(uri)
        ? S3Store.fetch(objects(), S3Address.parse(uri), trust, cache)
        : LocalStore.fetch(path(uri), trust);
  }

  /**
   * Removes the copies that were not fetched for the longest time until those that stay have at
   * most this size, and what a killed reader left. Not to be called while a copy is in use.
   */
  public void trim(long mostBytes) throws IOException {
    WholeFolder.clearDrafts(cache);
    if (!Files.isDirectory(cache)) {
      return;
    }
    record Copy(Path folder, FileTime used, long bytes) {}
    List<Copy> copies = new ArrayList<>();
    try (Stream<Path> entries = Files.list(cache)) {
      for (Path folder : entries.filter(Files::isDirectory).toList()) {
        copies.add(new Copy(folder, Files.getLastModifiedTime(folder), bytes(folder)));
      }
    }
    copies.sort(Comparator.comparing(Copy::used).reversed());
    long kept = 0;
    for (Copy copy : copies) {
      kept += copy.bytes();
      if (kept > mostBytes) {
        WholeFolder.delete(copy.folder());
      }
    }
  }

  /** Whether an address is one of S3 and not of a folder. */
  public static boolean isRemote(String uri) {
    return S3Address.is(uri);
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  /** The path that an address of a folder means. */
  public static Path path(String uri) {
    if (uri.contains("://") && !uri.startsWith(FILE_SCHEME)) {
      throw new IllegalArgumentException("uri: expected s3://, file: or a path, got " + uri);
    }
    try {
      return uri.startsWith(FILE_SCHEME) ? Path.of(URI.create(uri)) : Path.of(uri);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("uri: expected a path: " + e.getMessage(), e);
    }
  }

  private synchronized S3Objects objects() {
    if (objects == null) {
      objects = new S3Objects(settings, partBytes);
    }
    return objects;
  }

  @Override
  public synchronized void close() {
    if (objects != null) {
      objects.close();
      objects = null;
    }
  }
}
