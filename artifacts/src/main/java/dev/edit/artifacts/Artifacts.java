package dev.edit.artifacts;

import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

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
        ? new S3Store(objects(), S3Address.parse(uri))
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

  private static Path path(String uri) {
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
