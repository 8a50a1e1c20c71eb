package dev.edit.trainer.worker;

import dev.edit.contracts.Require;
import dev.edit.contracts.Run;
import dev.edit.trainer.domain.SavePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A worker's command line.
 *
 * @param run {@code --run}: the id of the run to train
 * @param bootstrapServers {@code --bootstrap-servers}: where Kafka is
 * @param place {@code --checkpoints} and what belongs to it: where runs are kept
 * @param reportEvery {@code --report-every}: steps between two progress events
 * @param patience {@code --patience}: how long Kafka may be away
 * @param parent {@code --parent}: the process to end with; null for none
 * @param epoch {@code --epoch}: the attempt at the run; workers of lower ones are shut out
 * @param saves {@code --save-every-steps}, {@code --save-every}, {@code --saves-kept}: when the
 *     run's state is saved
 * @param device {@code --device}: {@code cpu}, {@code cuda:N}, several with commas between, or
 *     {@code auto}
 */
public record WorkerArguments(
    String run,
    String bootstrapServers,
    RunPlace place,
    int reportEvery,
    Duration patience,
    Long parent,
    int epoch,
    SavePolicy saves,
    String device) {
  /** A GPU where the worker sees one, the CPU otherwise. */
  public static final String AUTO = "auto";

  static final int REPORT_EVERY = 25;
  private static final long PATIENCE_MILLIS = 60_000;
  private static final Set<String> NAMES =
      Set.of(
          "--run",
          "--bootstrap-servers",
          "--report-every",
          "--patience",
          "--parent",
          "--epoch",
          "--save-every-steps",
          "--save-every",
          "--saves-kept",
          "--device");

  public WorkerArguments {
    Require.name("--run", run);
    Require.text("--bootstrap-servers", bootstrapServers);
    Require.present("--checkpoints", place);
    Require.atLeast("--report-every", reportEvery, 1);
    Require.present("--patience", patience);
    Require.atLeast("--epoch", epoch, Run.Order.FIRST_EPOCH);
    Require.present("--save-every", saves);
    Require.text("--device", device);
  }

  /**
   * Reads {@code --name value} pairs.
   *
   * @throws IllegalArgumentException naming what is missing, unknown or malformed
   */
  public static WorkerArguments parse(List<String> arguments) {
    NamedValues values = NamedValues.parse(arguments, NAMES, RunPlace.NAMES);
    return new WorkerArguments(
        Require.name("--run", values.text("--run")),
        Require.text("--bootstrap-servers", values.text("--bootstrap-servers")),
        RunPlace.parse(values),
        (int) values.number("--report-every", REPORT_EVERY),
        Duration.ofMillis(values.number("--patience", PATIENCE_MILLIS)),
        values.numberOrNull("--parent"),
        (int) values.number("--epoch", Run.Order.FIRST_EPOCH),
        values.saves(),
        values.text("--device", AUTO));
  }

  /** The same as {@link #parse} reads. */
  public List<String> format() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--run", run));
    arguments.addAll(List.of("--bootstrap-servers", bootstrapServers));
    arguments.addAll(place.format());
    arguments.addAll(List.of("--report-every", Integer.toString(reportEvery)));
    arguments.addAll(List.of("--patience", Long.toString(patience.toMillis())));
    if (parent != null) {
      arguments.addAll(List.of("--parent", Long.toString(parent)));
    }
    arguments.addAll(List.of("--epoch", Integer.toString(epoch)));
    arguments.addAll(List.of("--save-every-steps", Integer.toString(saves.everySteps())));
    arguments.addAll(List.of("--save-every", Long.toString(saves.every().toMillis())));
    arguments.addAll(List.of("--saves-kept", Integer.toString(saves.kept())));
    arguments.addAll(List.of("--device", device));
    return arguments;
  }
}
