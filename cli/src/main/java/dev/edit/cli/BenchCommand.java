package dev.edit.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code edit bench}: figures, each against a baseline that runs beside it. */
@Command(
    name = "bench",
    description = "Measures a part of the system against a baseline in the same run.",
    synopsisSubcommandLabel = "PART",
    subcommands = {
      BenchAlignCommand.class,
      BenchTrainCommand.class,
      BenchDecodeCommand.class,
      BenchPipelineCommand.class
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "bench: expected what to measure");
  }
}
