package dev.edit.cli.machine;

import dev.edit.cli.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A built checkout of the project.
 *
 * @param home its root folder; absolute
 */
public record Installation(Path home) {
  private static final String HOME_PROPERTY = "edit.home";

  /** The checkout that the {@code edit} script named, else the current folder. */
  public static Installation current() {
    return new Installation(
        Path.of(System.getProperty(HOME_PROPERTY, "")).toAbsolutePath().normalize());
  }

  /** Where quickstarts keep their folders unless told otherwise. */
  public Path quickstarts() {
    return home.resolve(".edit").resolve("quickstart");
  }

  /** Where measurements of the pipeline keep their folders unless told otherwise. */
  public Path benches() {
    return home.resolve(".edit").resolve("bench");
  }

  /**
   * The runnable jar of a service.
   *
   * @throws CommandFailure if the service is not built
   */
  public Path jarOf(String module) {
    Path jar = home.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    if (!Files.isRegularFile(jar)) {
      throw new CommandFailure(
          "%s is not built: %s is missing; run `./mvnw -DskipTests package` in %s"
              .formatted(module, jar, home));
    }
    return jar;
  }
}
