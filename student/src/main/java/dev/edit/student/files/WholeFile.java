package dev.edit.student.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file so that readers see the old content or the whole new one, also after a crash: a
 * temporary neighbour is written, forced to disk and renamed, then the directory is forced.
 */
public final class WholeFile {

  /** Writes the content of a file to an open channel. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to {@code out}, from its start. */
    void writeTo(FileChannel out) throws IOException;
  }

  private WholeFile() {}

  /** Replaces {@code file}; the temporary neighbour is removed when writing fails. */
  public static void write(Path file, Content content) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path folder = Files.createDirectories(absolute.getParent());
    // Not createTempFile: its files can be read by their owner alone, and other pods read these.
    Path temporary =
        Files.createFile(
            folder.resolve(absolute.getFileName() + "." + UUID.randomUUID() + ".part"));
    try {
      try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        content.writeTo(out);
        out.force(true);
      }
      Files.move(
          temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    try (FileChannel directory = FileChannel.open(folder)) {
      directory.force(true);
    }
  }

  /** Replaces {@code file} by {@code bytes}. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(
        file,
        out -> {
          var buffer = java.nio.ByteBuffer.wrap(bytes);
          while (buffer.hasRemaining()) {
            out.write(buffer);
          }
        });
  }

  /** Replaces {@code file} by {@code text} in UTF-8. */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
