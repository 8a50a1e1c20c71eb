package dev.edit.systemtests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The {@code edit} command in a process of its own, as the script starts it. */
public final class EditProcess implements AutoCloseable {
  private static final List<String> SERVICES =
      List.of(
          "simulated-teacher",
          "generator-service",
          "aligner-service",
          "trainer-service",
          "evaluator-service");

  private final Process process;
  private final Path output;

  private EditProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts a verb.
   *
   * @param output takes what it prints
   * @throws IllegalStateException naming what to build where something is not built
   */
  public static EditProcess start(Path output, String... arguments) throws IOException {
    return start(output, Map.of(), arguments);
  }

  /** Starts a verb with further variables, which the processes that it starts have as well. */
  public static EditProcess start(Path output, Map<String, String> environment, String... arguments)
      throws IOException {
    requireBuilt();
    Path cli = Modules.ROOT.resolve("cli/target");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dedit.home=" + Modules.ROOT,
                "-cp",
                cli.resolve("classes") + ":" + cli.resolve("lib") + "/*",
                "dev.edit.cli.Edit"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new EditProcess(process, output);
  }

  private static void requireBuilt() {
    List<Path> needed = new ArrayList<>();
    needed.add(Modules.ROOT.resolve("cli/target/lib"));
    SERVICES.forEach(
        module -> needed.add(Modules.ROOT.resolve(module + "/target/quarkus-app/quarkus-run.jar")));
    for (Path path : needed) {
      if (!Files.exists(path)) {
        throw new IllegalStateException(
            "not built: %s is missing; run `./mvnw -DskipTests package` in %s, then this test"
                .formatted(path, Modules.ROOT));
      }
    }
  }

  /** Waits for the end; the exit code. */
  public int await(long minutes) throws InterruptedException {
    if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
      throw new AssertionError("no end within " + minutes + " minutes; output:\n" + output());
    }
    return process.exitValue();
  }

  /** Whether it runs no more. */
  public boolean hasEnded() {
    return !process.isAlive();
  }

  /** What it has printed so far. */
  public String output() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + output, e);
    }
  }

  /** The processes that it has started and that still run. */
  public List<ProcessHandle> children() {
    return process.descendants().filter(ProcessHandle::isAlive).toList();
  }

  /** What Ctrl-C and {@code kill} do. */
  public void terminate() {
    process.destroy();
  }

  /** What {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    List<ProcessHandle> children = children();
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
