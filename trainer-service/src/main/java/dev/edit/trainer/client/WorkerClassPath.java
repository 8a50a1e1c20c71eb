package dev.edit.trainer.client;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The class path that a worker runs with: the same jars as the dispatcher's. */
public final class WorkerClassPath {
  private static final String RUNNER = "quarkus-run.jar";
  private static final List<String> FOLDERS = List.of("app", "lib/main", "lib/boot");

  private WorkerClassPath() {}

  /**
   * The class path of a worker.
   *
   * @param own this process's class path; where it is a packaged service's runner jar, the folders
   *     beside that jar are meant
   */
  public static String of(String own) {
    Path runner = Path.of(own.split(File.pathSeparator, 2)[0]).toAbsolutePath();
    if (!runner.endsWith(RUNNER) || !Files.isRegularFile(runner)) {
      return own;
    }
    return FOLDERS.stream()
        .map(folder -> runner.resolveSibling(folder) + File.separator + "*")
        .collect(Collectors.joining(File.pathSeparator));
  }
}
