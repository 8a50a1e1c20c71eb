package dev.edit.generator.client;

import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Opens what keeps replies: a folder of this worker's own, a Redis that all share, or both. */
public final class Stores {
  private Stores() {}

  /** The store of a configuration; none where neither is given. */
  public static Optional<TextStore> open(Optional<Path> folder, Optional<URI> shared, Vertx vertx) {
    Optional<TextStore> far = shared.map(url -> new RedisStore(vertx, url));
    Optional<TextStore> near = folder.map(DiskStore::new);
    return near.isPresent() && far.isPresent()
        ? Optional.of(new NearAndFar(near.get(), far.get()))
        : near.or(() -> far);
  }
}
