package dev.edit.cli;

import dev.edit.cli.runs.RunOrders;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code edit run retry}. */
@Command(
    name = "retry",
    description = {
      "Tries a failed or cancelled run again.",
      "The new attempt goes on from the newest state that the run has saved."
    },
    sortOptions = false)
final class RunRetryCommand implements Callable<Integer> {
  @Mixin private RunOption option;

  @Override
  public Integer call() throws Exception {
    option.order(RunOrders::retry, "run %s: attempt %d ordered");
    return 0;
  }
}
