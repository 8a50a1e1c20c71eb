package dev.edit.artifacts;

/**
 * An address {@code s3://bucket/prefix}.
 *
 * @param prefix without slashes at its ends; empty for the bucket itself
 */
record S3Address(String bucket, String prefix) {
  private static final String SCHEME = "s3://";

  static boolean is(String uri) {
    return uri.startsWith(SCHEME);
  }

  static S3Address parse(String uri) {
    String rest = uri.substring(SCHEME.length()).replaceAll("/+$", "");
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    String prefix = slash < 0 ? "" : rest.substring(slash + 1);
    if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw new IllegalArgumentException(
          "uri: expected s3://bucket/prefix with a valid bucket name, got " + uri);
    }
    if (!prefix.isEmpty()) {
      ArtifactName.check("uri", prefix);
    }
    return new S3Address(bucket, prefix);
  }

  S3Address child(String name) {
    return new S3Address(bucket, prefix.isEmpty() ? name : prefix + "/" + name);
  }

  /** What every key of the address begins with. */
  String keyPrefix() {
    return prefix.isEmpty() ? "" : prefix + "/";
  }

  @Override
  public String toString() {
    return SCHEME + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
  }
}
