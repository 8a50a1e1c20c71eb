package dev.edit.cli.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file of JSON lines that appears under its name only when all of it is written: a verb that
 * fails leaves what was there before.
 */
public final class JsonLinesFile implements AutoCloseable {
  private final Path file;
  private final Path unfinished;
  private final OutputStream out;

  private JsonLinesFile(Path file, Path unfinished, OutputStream out) {
    this.file = file;
    this.unfinished = unfinished;
    this.out = out;
  }

  /** Starts a file; its folder is made where it is missing. */
  public static JsonLinesFile create(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Path unfinished = absolute.resolveSibling(absolute.getFileName() + ".unfinished");
    return new JsonLinesFile(
        absolute, unfinished, new BufferedOutputStream(Files.newOutputStream(unfinished)));
  }

  /** Writes a line of UTF-8 JSON. */
  public void write(byte[] json) throws IOException {
    out.write(json);
    out.write('\n');
  }

  /** Gives the file its name, in place of one that has it. */
  public void commit() throws IOException {
    out.close();
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes what was not committed. */
  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(unfinished);
  }
}
