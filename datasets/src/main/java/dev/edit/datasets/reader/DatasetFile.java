package dev.edit.datasets.reader;

import dev.edit.contracts.Problem.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of a data set.
 *
 * @param path where it lies
 * @param name its path inside the data set's folder without ending, in characters that ids may hold
 */
public record DatasetFile(Path path, String name) {
  private static final Pattern UNUSUAL = Pattern.compile("[^A-Za-z0-9._/-]+|\\.\\.+");
  private static final Pattern ENDING = Pattern.compile("\\.jsonl?$");
  private static final Pattern SPLIT =
      Pattern.compile("(?i)(?:^|[-_./])(train|test|dev|valid|validation)$");

  /**
   * A file, or the files of a folder and of the folders inside it, by name.
   *
   * @param wanted which files of a folder belong to the data set
   * @throws IllegalArgumentException if there is none
   */
  public static List<DatasetFile> under(Path root, Pattern wanted) throws IOException {
    if (!Files.exists(root)) {
      throw new IllegalArgumentException(root + ": no such file or folder");
    }
    if (!Files.isDirectory(root)) {
      return List.of(new DatasetFile(root, nameOf(root.toAbsolutePath().getParent(), root)));
    }
    try (Stream<Path> entries = Files.walk(root)) {
      List<DatasetFile> files =
          entries
              .filter(Files::isRegularFile)
              .filter(file -> wanted.matcher(file.getFileName().toString()).matches())
              .sorted()
              .map(file -> new DatasetFile(file, nameOf(root, file)))
              .toList();
      if (files.isEmpty()) {
        throw new IllegalArgumentException(
            root + ": expected files named " + wanted + ", found none");
      }
      return files;
    }
  }

  /** A file that is called {@code task.json} goes by the name of its folder. */
  private static String nameOf(Path root, Path file) {
    Path inside = root.toAbsolutePath().relativize(file.toAbsolutePath());
    if (inside.getFileName().toString().equals("task.json")) {
      inside = inside.getNameCount() > 1 ? inside.getParent() : root.toAbsolutePath().getFileName();
    }
    String plain = inside.toString().replace(inside.getFileSystem().getSeparator(), "/");
    return UNUSUAL.matcher(ENDING.matcher(plain).replaceFirst("")).replaceAll("-");
  }

  /**
   * The task that the file's name stands for: its last part, without "test" or "train" at its end;
   * empty where nothing else is left.
   */
  public Optional<String> task() {
    String last = name.substring(name.lastIndexOf('/') + 1);
    String task = SPLIT.matcher(last).replaceFirst("");
    return task.isEmpty() ? Optional.empty() : Optional.of(task);
  }

  /** The published split that the file's name ends in: train, or any kind of held-out data. */
  public Optional<Split> split() {
    var matcher = SPLIT.matcher(name);
    if (!matcher.find()) {
      return Optional.empty();
    }
    boolean train = matcher.group(1).toLowerCase(Locale.ROOT).equals("train");
    return Optional.of(train ? Split.TRAIN : Split.TEST);
  }
}
