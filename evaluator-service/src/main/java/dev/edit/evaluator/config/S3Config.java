package dev.edit.evaluator.config;

import java.net.URI;
import java.util.Optional;

/** How an S3-compatible store is reached. */
public interface S3Config {

  /** The store's address, such as {@code http://minio:9000}; absent is AWS. */
  Optional<URI> endpoint();

  /** The region that requests are signed for; absent is the environment's. */
  Optional<String> region();

  /**
   * Whether the bucket is part of the path instead of the host name; absent does so where there is
   * an endpoint.
   */
  Optional<Boolean> pathStyle();
}
