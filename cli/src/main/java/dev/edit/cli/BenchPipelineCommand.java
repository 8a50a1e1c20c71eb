package dev.edit.cli;

import dev.edit.cli.bench.pipeline.PipelineBench;
import dev.edit.cli.bench.pipeline.PipelineBenchOptions;
import dev.edit.cli.bench.pipeline.PipelineResult;
import dev.edit.cli.bench.pipeline.PipelineText;
import dev.edit.cli.logging.ProcessLog;
import dev.edit.cli.machine.Installation;
import dev.edit.cli.machine.LocalPipeline;
import dev.edit.cli.machine.StopOnSignal;
import dev.edit.cli.machine.Workspace;
import dev.edit.cli.quickstart.QuickstartSettings;
import dev.edit.cli.terminal.Screen;
import dev.edit.contracts.KafkaEnvironment;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edit bench pipeline}. */
@Command(
    name = "pipeline",
    description = {
      "Measures the data stages on this machine, from a published problem to its key-step record.",
      "Broker, simulated teacher, generator and aligner run as the quickstart starts them. Beside"
          + " them, in the same run: the teacher asked by a plain client, and the same records"
          + " passed on by plain Kafka loops.",
      "Exits with 1 where a problem is lost, doubled or left behind."
    },
    sortOptions = false)
final class BenchPipelineCommand implements Callable<Integer> {
  @Option(
      names = "--problems",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Problems published at once; a quarter as many follow at half the pace that those reached"
              + " (default: ${DEFAULT-VALUE}).")
  private int problems;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "500",
      description = "Problems that go through before (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--teacher-seconds",
      paramLabel = "S",
      defaultValue = "0",
      description =
          "How long the simulated teacher takes for an answer, besides computing it (default:"
              + " ${DEFAULT-VALUE}).")
  private double teacherSeconds;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "32",
      description = "Teacher calls at once (default: ${DEFAULT-VALUE}).")
  private int concurrency;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "" + QuickstartSettings.SEED,
      description = "Seed of problems and teacher (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      description =
          "Where this measurement's folder is made, which stays where it fails (default:"
              + " .edit/bench).")
  private Path folder;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    LocalPipeline.requireNoAccess(KafkaEnvironment.access());
    PipelineBenchOptions options =
        new PipelineBenchOptions(problems, warmUp, teacherSeconds, concurrency, seed);
    Screen screen = Screen.standard();
    Clock clock = Clock.systemUTC();
    Installation installation = Installation.current();
    Path root = folder == null ? installation.benches() : folder;
    Workspace workspace = Workspace.create(root, seed, clock, QuickstartSettings.LEAST_DISK_BYTES);
    ProcessLog.toFile(workspace.logs().resolve("bench.log"));
    PipelineBench bench = new PipelineBench(options, workspace, screen.board(), clock);
    PipelineResult result =
        StopOnSignal.during(
            bench,
            () -> screen.out().println("\nStopping the services ..."),
            () -> bench.run(installation));
    workspace.delete();
    json.print(result, out -> PipelineText.lines(result).forEach(out::println));
    return result.sound() ? 0 : 1;
  }
}
