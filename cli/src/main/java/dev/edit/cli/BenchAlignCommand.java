package dev.edit.cli;

import dev.edit.cli.bench.AlignBench;
import dev.edit.cli.bench.AlignBench.Result;
import dev.edit.cli.bench.AlignBench.Timing;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edit bench align}. */
@Command(
    name = "align",
    description = {
      "Measures the alignment kernel and its naive twin on the same pairs, on one thread.",
      "Both masks of every pair are found, and compared between the two before anything is timed."
    },
    sortOptions = false)
final class BenchAlignCommand implements Callable<Integer> {
  @Option(
      names = "--pairs",
      paramLabel = "FILE",
      required = true,
      description = "Lines {\"right\": [ints], \"wrong\": [ints]}.")
  private Path pairs;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "5",
      description = "How long each is measured (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    OptionValue.within("--seconds", seconds, 0.001, 600);
    Result result = AlignBench.of(pairs).run(Duration.ofNanos((long) (seconds * 1e9)));
    json.print(result, out -> tell(result, out));
    return result.differing() == 0 ? 0 : 1;
  }

  private static void tell(Result result, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%d pairs, mean %.1f tokens, mean distance %.1f, masks differ in %d%n",
        result.pairs(),
        result.tokens(),
        result.distance(),
        result.differing());
    out.println(line("kernel", result.kernel()));
    out.println(line("naive twin", result.naive()));
  }

  private static String line(String name, Timing timing) {
    return String.format(
        Locale.ROOT,
        "%-10s %10.2f µs a pair (%.2f to %.2f), %,.0f pairs/s",
        name,
        timing.microsecondsPerPair(),
        timing.fastest(),
        timing.slowest(),
        timing.pairsPerSecond());
  }
}
