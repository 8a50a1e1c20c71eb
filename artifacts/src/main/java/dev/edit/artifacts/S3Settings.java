package dev.edit.artifacts;

import java.net.URI;

/**
 * How an S3-compatible store is reached; credentials are not part of it.
 *
 * @param endpoint address of the store, or null for AWS (or {@code AWS_ENDPOINT_URL_S3} in the
 *     environment)
 * @param region region that requests are signed for, or null for the environment's, which is {@code
 *     us-east-1} where it says none
 * @param pathStyle whether the bucket is part of the path, as MinIO and most other stores want it,
 *     rather than of the host name
 */
public record S3Settings(URI endpoint, String region, boolean pathStyle) {
  /** AWS, or what the environment says. */
  public static final S3Settings DEFAULT = new S3Settings(null, null, false);

  /** Checks the endpoint. */
  public S3Settings {
    if (endpoint != null && (endpoint.getScheme() == null || endpoint.getHost() == null)) {
      throw new IllegalArgumentException(
          "endpoint: expected an address such as http://minio:9000, got " + endpoint);
    }
  }

  /** A store of one's own, with the bucket in the path. */
  public static S3Settings of(URI endpoint) {
    return new S3Settings(endpoint, null, true);
  }
}
