package dev.edit.trainer.worker;

import dev.edit.contracts.Require;
import dev.edit.contracts.Run;
import dev.edit.trainer.domain.SavePolicy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
 * @param epoch {@code --epoch}: the attempt at the run; workers of lower ones are shut out
 * @param saves {@code --save-every-steps}, {@code --save-every}, {@code --saves-kept}: when the
 *     run's state is saved
 */
public record WorkerArguments(
    String run,
    String bootstrapServers,
    Path checkpoints,
    int reportEvery,
    Duration patience,
    Long parent,
    int epoch,
    SavePolicy saves) {
  private static final Set<String> NAMES =
      Set.of(
          "--run",
          "--bootstrap-servers",
          "--checkpoints",
          "--report-every",
          "--patience",
          "--parent",
          "--epoch",
          "--save-every-steps",
          "--save-every",
          "--saves-kept");

  public WorkerArguments {
    Require.name("--run", run);
    Require.text("--bootstrap-servers", bootstrapServers);
    Require.present("--checkpoints", checkpoints);
    Require.atLeast("--report-every", reportEvery, 1);
    Require.present("--patience", patience);
    Require.atLeast("--epoch", epoch, Run.Order.FIRST_EPOCH);
    Require.present("--save-every", saves);
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
        parent == null ? null : number("--parent", parent),
        (int) number("--epoch", values.getOrDefault("--epoch", "1")),
        saves(values));
  }

  private static SavePolicy saves(Map<String, String> values) {
    SavePolicy standard = SavePolicy.DEFAULT;
    String steps = values.get("--save-every-steps");
    String time = values.get("--save-every");
    String kept = values.get("--saves-kept");
    return new SavePolicy(
        steps == null ? standard.everySteps() : (int) number("--save-every-steps", steps),
        time == null ? standard.every() : Duration.ofMillis(number("--save-every", time)),
        kept == null ? standard.kept() : (int) number("--saves-kept", kept));
  }

  /** The same as {@link #parse} reads. */
  public List<String> format() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--run", run));
    arguments.addAll(List.of("--bootstrap-servers", bootstrapServers));
    arguments.addAll(List.of("--checkpoints", checkpoints.toString()));
    arguments.addAll(List.of("--report-every", Integer.toString(reportEvery)));
    arguments.addAll(List.of("--patience", Long.toString(patience.toMillis())));
    if (parent != null) {
      arguments.addAll(List.of("--parent", Long.toString(parent)));
    }
    arguments.addAll(List.of("--epoch", Integer.toString(epoch)));
    arguments.addAll(List.of("--save-every-steps", Integer.toString(saves.everySteps())));
    arguments.addAll(List.of("--save-every", Long.toString(saves.every().toMillis())));
    arguments.addAll(List.of("--saves-kept", Integer.toString(saves.kept())));
    return arguments;
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
