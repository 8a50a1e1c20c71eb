package dev.edit.datasets.json;

import java.nio.file.Path;

/**
 * Where in a file something stands.
 *
 * @param file the file
 * @param line the line, from 1; 0 for the file as a whole
 * @param index the entry's index in its list, from 0; -1 where lines are entries
 */
public record Place(Path file, long line, long index) {

  /** A file as a whole. */
  public static Place of(Path file) {
    return new Place(file, 0, -1);
  }

  @Override
  public String toString() {
    String at = line == 0 ? file.toString() : file + ":" + line;
    return index < 0 ? at : at + " (entry " + index + ")";
  }
}
