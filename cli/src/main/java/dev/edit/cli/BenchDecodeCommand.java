package dev.edit.cli;

import dev.edit.cli.bench.DecodeBench;
import dev.edit.cli.bench.DecodeBench.Result;
import dev.edit.cli.bench.DecodeBench.Timing;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edit bench decode}. */
@Command(
    name = "decode",
    description = {
      "Measures greedy decoding with a cache and refilled slots.",
      "Beside it: the same student one prompt at a time and without a cache, on the quickstart's"
          + " test problems.",
      "Exits with 1 where any way gives other tokens than that.",
      "libtorch takes one thread unless -Dedit.student.threads says otherwise."
    },
    sortOptions = false)
final class BenchDecodeCommand implements Callable<Integer> {
  @Option(
      names = "--student",
      paramLabel = "DIR",
      description = "A student with its tokenizer, in place of the quickstart's.")
  private Path student;

  @Option(
      names = "--train-steps",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "SFT steps that teach the quickstart's student to write chains of thought first (default:"
              + " ${DEFAULT-VALUE}).")
  private int trainSteps;

  @Option(
      names = "--prompts",
      paramLabel = "N",
      defaultValue = "256",
      description = "Test problems, a third of them one move longer (default: ${DEFAULT-VALUE}).")
  private int prompts;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "64",
      description = "Slots, and rows of a batch (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      defaultValue = "256",
      description = "Most tokens of a continuation (default: ${DEFAULT-VALUE}).")
  private int maxNewTokens;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    OptionValue.within("--train-steps", trainSteps, 1, 2000);
    OptionValue.within("--prompts", prompts, 3, 3000);
    OptionValue.within("--batch-size", batchSize, 1, 4096);
    OptionValue.within("--max-new-tokens", maxNewTokens, 1, 1 << 20);
    Result result = DecodeBench.run(student, trainSteps, prompts, maxNewTokens, batchSize);
    json.print(result, out -> tell(result, out));
    return result.same() ? 0 : 1;
  }

  private static void tell(Result result, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%,d parameters; %d prompts of %d tokens in all; %d new tokens, %d to %d a prompt, %d cut%n",
        result.parameters(),
        result.prompts(),
        result.promptTokens(),
        result.tokens(),
        result.shortest(),
        result.longest(),
        result.cut());
    result.timings().forEach(timing -> out.println(line(timing)));
  }

  private static String line(Timing timing) {
    return String.format(
        Locale.ROOT,
        "%-25s %4d rows %8.2f s %,9.0f tokens/s, %6.2f x without cache, other tokens in %d",
        timing.way(),
        timing.rows(),
        timing.seconds(),
        timing.tokensPerSecond(),
        timing.timesUncached(),
        timing.differing());
  }
}
