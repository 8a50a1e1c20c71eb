package dev.edit.cli;

import picocli.CommandLine.Command;

/** {@code edit run}. */
@Command(
    name = "run",
    description = "Orders training runs and follows them, through Kafka.",
    synopsisSubcommandLabel = "VERB",
    subcommands = {
      RunCreateCommand.class,
      RunListCommand.class,
      RunShowCommand.class,
      RunWatchCommand.class,
      RunCancelCommand.class,
      RunRetryCommand.class
    })
final class RunCommand {}
