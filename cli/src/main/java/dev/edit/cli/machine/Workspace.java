package dev.edit.cli.machine;

import dev.edit.cli.CommandFailure;
import dev.edit.cli.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The folder of a pipeline on this machine, kept when it ends unless it is deleted.
 *
 * @param folder the folder; absolute
 */
public record Workspace(Path folder) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /**
   * A new folder below {@code root}, named after the time and the seed.
   *
   * @throws CommandFailure if it cannot be written or the disk has too little space
   */
  public static Workspace create(Path root, long seed, Clock clock, long leastBytes) {
    try {
      Files.createDirectories(root);
      long free = Files.getFileStore(root).getUsableSpace();
      if (free < leastBytes) {
        throw new CommandFailure(
            "too little disk space: %d MiB are free at %s, %d MiB are needed"
                .formatted(free >> 20, root, leastBytes >> 20));
      }
      Workspace workspace = new Workspace(unused(root, STAMP.format(clock.instant()) + "-" + seed));
      for (Path part : new Path[] {workspace.logs(), workspace.kafka(), workspace.students()}) {
        Files.createDirectories(part);
      }
      Files.createDirectories(workspace.checkpoints());
      Files.createDirectories(workspace.samples());
      Files.createDirectories(workspace.teacherCache());
      return workspace;
    } catch (IOException e) {
      throw new CommandFailure(
          "--workspace: cannot write to %s (%s)".formatted(root, e.getClass().getSimpleName()), e);
    }
  }

  private static Path unused(Path root, String name) {
    Path folder = root.resolve(name);
    for (int i = 2; Files.exists(folder); i++) {
      folder = root.resolve(name + "-" + i);
    }
    return folder.toAbsolutePath();
  }

  /** The processes' output. */
  public Path logs() {
    return folder.resolve("logs");
  }

  /** The broker's data. */
  public Path kafka() {
    return folder.resolve("kafka");
  }

  /** Students as they are before training. */
  public Path students() {
    return folder.resolve("students");
  }

  /** Students as they are after training. */
  public Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  /** What the students answered. */
  public Path samples() {
    return folder.resolve("samples");
  }

  /** The generator's response cache. */
  public Path teacherCache() {
    return folder.resolve("teacher-cache");
  }

  /** Removes the folder with all that is in it. */
  public void delete() throws IOException {
    FileTree.delete(folder);
  }

  /** The HTML report. */
  public Path report() {
    return folder.resolve("report.html");
  }

  /** The findings for machines. */
  public Path result() {
    return folder.resolve("result.json");
  }
}
