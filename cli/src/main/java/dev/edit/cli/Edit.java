package dev.edit.cli;

import dev.edit.cli.logging.ProcessLog;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code edit} command. */
@Command(
    name = "edit",
    description = "Reasoning distillation as a stream: problems in, better students out.",
    synopsisSubcommandLabel = "VERB",
    subcommands = {
      QuickstartCommand.class,
      ImportCommand.class,
      RunCommand.class,
      ExportCommand.class,
      TrainCommand.class,
      AlignCommand.class,
      GradeCommand.class,
      ScoreCommand.class,
      GenerateCommand.class,
      ReportCommand.class,
      JudgeCommand.class,
      BenchCommand.class,
      SetupCommand.class,
      SampleCommand.class
    })
public final class Edit {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows what a verb does and its options.")
  private boolean help;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Shows the libraries' logs too, and where an error comes from.")
  private boolean verbose;

  private Edit() {}

  /** Runs a verb and exits: 0 on success, 1 where it failed, 2 where it was called wrongly. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command with all its verbs. */
  static CommandLine commandLine() {
    Edit edit = new Edit();
    CommandLine line = new CommandLine(edit);
    line.setExecutionStrategy(
        parsed -> {
          ProcessLog.toTerminal(edit.verbose);
          return new CommandLine.RunLast().execute(parsed);
        });
    line.setExecutionExceptionHandler((e, command, parsed) -> edit.report(e, command));
    return line;
  }

  private int report(Exception e, CommandLine command) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    String message = FaultMessage.of(e, bootstrapServers(command));
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + message);
    if (verbose) {
      e.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String bootstrapServers(CommandLine command) {
    OptionSpec option = command.getCommandSpec().findOption("--bootstrap-servers");
    return option == null ? null : option.getValue();
  }
}
