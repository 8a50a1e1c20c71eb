package dev.edit.contracts.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 that is fed piece by piece; in lower-case hexadecimal digits. */
public final class Sha256 {
  private static final int BUFFER = 1 << 16;

  private final MessageDigest digest;

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** The digest of a file's bytes; the file is streamed. */
  public static String of(Path file) throws IOException {
    Sha256 sha256 = new Sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256.digest)) {
      byte[] buffer = new byte[BUFFER];
      while (in.read(buffer) >= 0) {
        continue;
      }
    }
    return sha256.hex();
  }

  /** The digest of some bytes. */
  public static String of(byte[] bytes) {
    Sha256 sha256 = new Sha256();
    sha256.add(bytes);
    return sha256.hex();
  }

  /** Adds bytes. */
  public void add(byte[] bytes) {
    digest.update(bytes);
  }

  /** The digest of all that was added; the next digest starts anew. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
