package dev.edit.generator.it;

import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The SIMULATED teacher as a process of its own. A test that wants it is skipped where it is not
 * built.
 */
final class SimulatedTeacher {
  static final String MODEL = "simulated-teacher";

  private static final Path JAR =
      Path.of("..", "simulated-teacher", "target", "quarkus-app", "quarkus-run.jar");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private SimulatedTeacher() {}

  /**
   * One that is ready.
   *
   * @param environment its keys, as environment variables
   */
  static Worker start(Path folder, Map<String, String> environment) {
    assumeThat(JAR).isRegularFile();
    Worker teacher = Worker.start(JAR, folder, environment);
    await().atMost(PATIENCE).until(teacher::ready);
    return teacher;
  }
}
