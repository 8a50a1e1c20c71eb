package dev.edit.trainer.worker;

import dev.edit.contracts.Require;
import dev.edit.trainer.domain.SavePolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The command line of a worker that reads files instead of Kafka.
 *
 * @param data {@code --data}: KeySteps records, one JSON object a line; partition 0, the first line
 *     at offset 0
 * @param spec {@code --spec}: the Run record as JSON
 * @param place {@code --checkpoints} and what belongs to it: where runs are kept
 * @param reportEvery {@code --report-every}: steps between two progress events
 * @param saves {@code --save-every-steps}, {@code --save-every}, {@code --saves-kept}: when the
 *     run's state is saved
 * @param device {@code --device}: {@code cpu}, {@code cuda:N}, several with commas between, or
 *     {@code auto}
 * @param parent {@code --parent}: the process to end with; null for none
 */
record FileArguments(
    Path data,
    Path spec,
    RunPlace place,
    int reportEvery,
    SavePolicy saves,
    String device,
    Long parent) {
  static final String DATA = "--data";

  private static final Set<String> NAMES =
      Set.of(
          DATA,
          "--spec",
          "--report-every",
          "--save-every-steps",
          "--save-every",
          "--saves-kept",
          "--device",
          "--parent");

  FileArguments {
    Require.present(DATA, data);
    Require.present("--spec", spec);
    Require.present("--checkpoints", place);
    Require.atLeast("--report-every", reportEvery, 1);
    Require.text("--device", device);
  }

  /**
   * Reads {@code --name value} pairs.
   *
   * @throws IllegalArgumentException naming what is missing, unknown or malformed
   */
  static FileArguments parse(List<String> arguments) {
    NamedValues values = NamedValues.parse(arguments, NAMES, RunPlace.NAMES);
    return new FileArguments(
        values.path(DATA),
        values.path("--spec"),
        RunPlace.parse(values),
        (int) values.number("--report-every", WorkerArguments.REPORT_EVERY),
        values.saves(),
        values.text("--device", WorkerArguments.AUTO),
        values.numberOrNull("--parent"));
  }
}
