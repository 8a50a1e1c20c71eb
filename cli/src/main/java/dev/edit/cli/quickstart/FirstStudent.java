package dev.edit.cli.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The student that a pipeline without one starts with: the quickstart's, from scratch. */
public final class FirstStudent {
  private FirstStudent() {}

  /**
   * Writes it unless the folder is there; the folder appears whole or not at all.
   *
   * @return whether it was written
   */
  public static boolean writeUnlessThere(Path folder, long seed) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    if (Files.exists(target)) {
      return false;
    }
    Files.createDirectories(target.getParent());
    Path draft = Files.createTempDirectory(target.getParent(), ".student-");
    Path written = InitialStudents.write(draft, List.of(seed)).any();
    Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(draft);
    return true;
  }
}
