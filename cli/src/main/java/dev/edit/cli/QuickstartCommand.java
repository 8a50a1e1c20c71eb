package dev.edit.cli;

import dev.edit.cli.logging.ProcessLog;
import dev.edit.cli.machine.Installation;
import dev.edit.cli.machine.LocalPipeline;
import dev.edit.cli.machine.StopOnSignal;
import dev.edit.cli.machine.Workspace;
import dev.edit.cli.quickstart.Quickstart;
import dev.edit.cli.quickstart.QuickstartOptions;
import dev.edit.cli.quickstart.QuickstartPlan;
import dev.edit.cli.quickstart.QuickstartSettings;
import dev.edit.cli.quickstart.ReportBrowser;
import dev.edit.cli.report.Findings;
import dev.edit.cli.report.ResultJson;
import dev.edit.cli.report.Summary;
import dev.edit.cli.terminal.Screen;
import dev.edit.contracts.KafkaEnvironment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code edit quickstart}. */
@Command(
    name = "quickstart",
    description = {
      "Runs the whole stream on this machine and compares students.",
      "Problems are generated, a teacher reasons about them, key steps are found, students are"
          + " trained from scratch and examined. The teacher is SIMULATED unless --teacher names"
          + " a real one; its key is read from EDIT_GENERATOR_TEACHER_API_KEY."
    },
    sortOptions = false)
final class QuickstartCommand implements Callable<Integer> {
  @Option(
      names = "--problems",
      paramLabel = "N",
      description = "Train problems (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + QuickstartSettings.PROBLEMS)
  private int problems;

  @Option(
      names = "--test-problems",
      paramLabel = "N",
      description =
          "In-domain test problems; two thirds as many are harder, a third of an unseen family"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + QuickstartSettings.TEST_PROBLEMS)
  private int testProblems;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of data and training (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + QuickstartSettings.SEED)
  private long seed;

  @Option(
      names = "--recipes",
      paramLabel = "R",
      split = ",",
      description = "What to compare (default: ${DEFAULT-VALUE}).",
      defaultValue = "std-cot,edit-no-krsl,edit")
  private List<String> recipes;

  @Option(
      names = "--seeds",
      paramLabel = "K",
      description = "Students of each recipe, with seeds S to S+K-1 (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + QuickstartSettings.SEEDS)
  private int seeds;

  @Option(
      names = "--sft-steps",
      paramLabel = "N",
      description = "SFT steps of a run (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + QuickstartSettings.SFT_STEPS)
  private int sftSteps;

  @Option(
      names = "--krsl-steps",
      paramLabel = "N",
      description =
          "KRSL steps of a run; recipes without KRSL take them as SFT steps (default:"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "" + QuickstartSettings.KRSL_STEPS)
  private int krslSteps;

  @Option(
      names = "--teacher",
      paramLabel = "URL",
      description = "Base URL of an OpenAI-compatible API, such as http://host/v1.")
  private URI teacher;

  @Option(names = "--model", paramLabel = "NAME", description = "The model's name there.")
  private String model;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes the findings to FILE as one JSON object.")
  private Path json;

  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      description = "Where the folder of this quickstart is made (default: .edit/quickstart).")
  private Path folder;

  @Option(names = "--no-browser", description = "Does not open the report.")
  private boolean noBrowser;

  @Option(
      names = "--stay",
      description = "Leaves broker, services and console running until Ctrl-C.")
  private boolean stay;

  @Override
  public Integer call() throws Exception {
    LocalPipeline.requireNoAccess(KafkaEnvironment.access());
    Screen screen = Screen.standard();
    Clock clock = Clock.systemUTC();
    QuickstartOptions options =
        new QuickstartPlan(problems, testProblems, seed, recipes, seeds)
            .options(sftSteps, krslSteps, teacher, model);
    Installation installation = Installation.current();
    Path root = folder == null ? installation.quickstarts() : folder;
    Workspace workspace = Workspace.create(root, seed, clock, QuickstartSettings.LEAST_DISK_BYTES);
    ProcessLog.toFile(workspace.logs().resolve("quickstart.log"));
    Quickstart quickstart = new Quickstart(options, installation, workspace, screen, clock);
    Findings findings = run(quickstart, found -> tell(found, workspace, screen));
    return findings.accounting().lost() + findings.accounting().duplicated() == 0 ? 0 : 1;
  }

  /** What a quickstart leaves behind, for people and for programs. */
  private void tell(Findings findings, Workspace workspace, Screen screen) throws IOException {
    Summary.lines(findings).forEach(screen.out()::println);
    if (json != null) {
      ResultJson.write(ResultJson.of(findings), json);
      screen.out().println("JSON        " + json);
    }
    screen.out().println("Report      " + workspace.report());
    if (!noBrowser && screen.interactive()) {
      ReportBrowser.open(workspace.report());
    }
    if (stay) {
      screen.out().println("Services and console stay until Ctrl-C.");
    }
  }

  private interface Teller {
    void tell(Findings findings) throws IOException;
  }

  private Findings run(Quickstart quickstart, Teller teller) throws Exception {
    return StopOnSignal.during(
        quickstart,
        quickstart::announceStop,
        () -> {
          Findings findings = quickstart.run();
          if (stay) {
            teller.tell(findings);
            quickstart.awaitClose();
          } else {
            quickstart.close();
            teller.tell(findings);
          }
          return findings;
        });
  }
}
