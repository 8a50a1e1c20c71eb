package dev.edit.cli;

import dev.edit.cli.bench.TrainBench;
import dev.edit.cli.bench.TrainBench.Timing;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edit bench train}. */
@Command(
    name = "train",
    description = {
      "Measures SFT steps of the quickstart's student and of an 8-layer student of width 512.",
      "LoRA, recomputed layers and bfloat16 are measured beside full training in float32.",
      "libtorch takes one thread unless -Dedit.student.threads says otherwise."
    },
    sortOptions = false)
final class BenchTrainCommand implements Callable<Integer> {
  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Timed steps of the larger student; the smaller one gets twenty times as many (default:"
              + " ${DEFAULT-VALUE}).")
  private int steps;

  @Option(names = "--full-only", description = "Measures nothing but full training in float32.")
  private boolean fullOnly;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    OptionValue.within("--steps", steps, 1, 1000);
    List<Timing> timings = TrainBench.run(steps, fullOnly);
    json.print(
        Map.of("timings", timings), out -> timings.forEach(timing -> out.println(line(timing))));
    return 0;
  }

  private static String line(Timing timing) {
    return String.format(
        Locale.ROOT,
        "%-13s B %-3d T %-4d %-16s %9.1f ms a step (%.1f to %.1f), %,8.0f tokens/s, %.2f x full",
        timing.model(),
        timing.rows(),
        timing.tokens(),
        timing.way(),
        timing.millisecondsPerStep(),
        timing.fastest(),
        timing.slowest(),
        timing.tokensPerSecond(),
        timing.timesFull());
  }
}
