package dev.edit.trainer.worker;

import dev.edit.contracts.Require;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A worker's command line.
 *
 * @param run {@code --run}: the id of the run to train
 * @param bootstrapServers {@code --bootstrap-servers}: where Kafka is
 * @param checkpoints {@code --checkpoints}: the root of the runs' folders
 * @param reportEvery {@code --report-every}: steps between two progress events
 * @param patience {@code --patience}: how long Kafka may be away
 * @param parent {@code --parent}: the process to end with; null for none
 */
public record WorkerArguments(
    String run,
    String bootstrapServers,
    Path checkpoints,
    int reportEvery,
    Duration patience,
    Long parent) {
  private static final Set<String> NAMES =
      Set.of(
          "--run",
          "--bootstrap-servers",
          "--checkpoints",
          "--report-every",
          "--patience",
          "--parent");

  public WorkerArguments {
    Require.name("--run", run);
    Require.text("--bootstrap-servers", bootstrapServers);
    Require.present("--checkpoints", checkpoints);
    Require.atLeast("--report-every", reportEvery, 1);
    Require.present("--patience", patience);
  }

  /**
   * Reads {@code --name value} pairs.
   *
   * @throws IllegalArgumentException naming what is missing, unknown or malformed
   */
  public static WorkerArguments parse(List<String> arguments) {
    Map<String, String> values = new HashMap<>();
    for (int at = 0; at < arguments.size(); at += 2) {
      String name = arguments.get(at);
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "unknown argument '" + name + "', expected one of " + NAMES.stream().sorted().toList());
      }
      if (at + 1 == arguments.size()) {
        throw new IllegalArgumentException(name + ": expected a value after it");
      }
      values.put(name, arguments.get(at + 1));
    }
    String parent = values.get("--parent");
    return new WorkerArguments(
        values.get("--run"),
        values.get("--bootstrap-servers"),
        path(values.get("--checkpoints")),
        (int) number("--report-every", values.getOrDefault("--report-every", "25")),
        Duration.ofMillis(number("--patience", values.getOrDefault("--patience", "60000"))),
        parent == null ? null : number("--parent", parent));
  }

  /** The same as {@link #parse} reads. */
  public List<String> format() {
    List<String> arguments =
        List.of(
            "--run",
            run,
            "--bootstrap-servers",
            bootstrapServers,
            "--checkpoints",
            checkpoints.toString(),
            "--report-every",
            Integer.toString(reportEvery),
            "--patience",
            Long.toString(patience.toMillis()));
    if (parent == null) {
      return arguments;
    }
    List<String> withParent = new java.util.ArrayList<>(arguments);
    withParent.addAll(List.of("--parent", Long.toString(parent)));
    return withParent;
  }

  private static Path path(String value) {
    if (value == null) {
      return null;
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("--checkpoints: expected a folder, " + e.getMessage(), e);
    }
  }

  private static long number(String name, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + ": expected a whole number, but was '" + value + "'", e);
    }
  }
}
