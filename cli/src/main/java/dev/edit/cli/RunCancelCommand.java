package dev.edit.cli;

import dev.edit.cli.runs.RunOrders;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code edit run cancel}. */
@Command(
    name = "cancel",
    description = {
      "Ends a run.",
      "Its worker is ended and the run is told to be cancelled; what it has saved stays, and"
          + " edit run retry goes on from there."
    },
    sortOptions = false)
final class RunCancelCommand implements Callable<Integer> {
  @Mixin private RunOption option;

  @Override
  public Integer call() throws Exception {
    option.order(RunOrders::cancel, "run %s: attempt %d is asked to end");
    return 0;
  }
}
