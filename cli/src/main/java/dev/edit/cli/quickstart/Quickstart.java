package dev.edit.cli.quickstart;

import dev.edit.cli.machine.Installation;
import dev.edit.cli.machine.LocalPipeline;
import dev.edit.cli.machine.LocalServices;
import dev.edit.cli.machine.Watchdog;
import dev.edit.cli.machine.Workspace;
import dev.edit.cli.pipeline.RecordPublisher;
import dev.edit.cli.pipeline.StreamLog;
import dev.edit.cli.pipeline.TopicFollower;
import dev.edit.cli.pipeline.TopicWatch;
import dev.edit.cli.process.ServiceGroup;
import dev.edit.cli.report.Findings;
import dev.edit.cli.report.HtmlReport;
import dev.edit.cli.report.ResultJson;
import dev.edit.cli.terminal.ProgressBoard;
import dev.edit.cli.terminal.Screen;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Run;
import dev.edit.contracts.Topics;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.families.ProblemSets;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * The whole stream on this machine, once: a broker in this process, every service in a process of
 * its own, problems in, students and findings out. Closing it stops whatever runs; that may happen
 * on another thread at any moment.
 */
public final class Quickstart implements AutoCloseable {
  private final QuickstartOptions options;
  private final Installation installation;
  private final Workspace workspace;
  private final Screen screen;
  private final Clock clock;
  private final LocalPipeline machine;
  private final Stopwatch stopwatch;
  private final CountDownLatch stopped = new CountDownLatch(1);

  public Quickstart(
      QuickstartOptions options,
      Installation installation,
      Workspace workspace,
      Screen screen,
      Clock clock) {
    this.options = options;
    this.installation = installation;
    this.workspace = workspace;
    this.screen = screen;
    this.clock = clock;
    this.machine = new LocalPipeline(workspace);
    this.stopwatch = new Stopwatch(clock);
  }

  /**
   * Runs it.
   *
   * @return what was found; the report and the result lie in the workspace
   * @throws RuntimeException with a message for people where it cannot go on
   */
  public Findings run() throws IOException, InterruptedException {
    screen.out().println("Workspace " + workspace.folder());
    ProblemSets problems = ProblemSets.generate(options.seed(), options.sizes());
    InitialStudents students = InitialStudents.write(workspace.students(), options.runSeeds());
    stopwatch.lap("prepare");

    String bootstrapServers = machine.startBroker(QuickstartSettings.PARTITIONS);
    LocalServices local = new LocalServices(installation, workspace, bootstrapServers);
    ServicePlan plan = new ServicePlan(local, options);
    ServiceGroup services = machine.startServices(plan.specs(students.any()));
    screen
        .out()
        .printf(
            "Broker at %s; starting %d services, logs in %s%n",
            bootstrapServers, services.services().size(), workspace.logs());
    LocalPipeline.awaitReady(services);
    screen.out().printf("Console %s (token %s)%n", local.consoleAddress(), plan.consoleToken());
    stopwatch.lap("start");

    StreamLog log = new StreamLog(problems.train().stream().map(Problem::id).toList(), clock);
    machine.keep(TopicWatch.start(bootstrapServers, StreamLog.TOPICS, log));
    RecordPublisher publisher = machine.keep(new RecordPublisher(bootstrapServers));
    Watchdog watchdog = new Watchdog(services, log.arrivals(), clock);
    Stream stream = new Stream(bootstrapServers, log, publisher, watchdog, screen.board());
    List<Run> runs = stream(stream, problems, students);
    stopwatch.stage("annotate", log.annotationClock());
    stopwatch.stage("rectify, corrupt", log.clock(Topics.DUAL_COTS));
    stopwatch.stage("align", log.clock(Topics.KEY_STEPS));
    stopwatch.stage("train", log.clock(Topics.CHECKPOINTS));
    stopwatch.stage("evaluate", log.clock(Topics.EVALUATIONS));

    Findings findings =
        new FindingsOf(options, log, students).with(runs, services, stopwatch.seconds());
    Files.writeString(workspace.report(), new HtmlReport().render(findings));
    ResultJson.write(ResultJson.complete(findings), workspace.result());
    return findings;
  }

  /** What the steps of the stream share. */
  private record Stream(
      String bootstrapServers,
      StreamLog log,
      RecordPublisher publisher,
      Watchdog watchdog,
      ProgressBoard board) {}

  private List<Run> stream(Stream stream, ProblemSets problems, InitialStudents students)
      throws InterruptedException {
    stopwatch.mark("annotate", "rectify, corrupt", "align");
    stream.publisher().publish(Topics.PROBLEMS, Problem.class, problems.all().toList());
    new DataStages(stream.log(), stream.board(), stream.watchdog(), clock).await();
    stopwatch.lap("data");

    stopwatch.mark("train", "evaluate");
    List<Run> runs = runs(stream.bootstrapServers(), students);
    stream.publisher().publish(Topics.RUNS, Run.class, runs);
    Set<String> benchmarks =
        problems
            .all()
            .filter(problem -> problem.split() == Problem.Split.TEST)
            .map(Problem::source)
            .collect(Collectors.toSet());
    new TrainingStages(stream.log(), stream.board(), stream.watchdog(), clock)
        .await(runs, benchmarks);
    stopwatch.lap("students");
    return runs;
  }

  private List<Run> runs(String bootstrapServers, InitialStudents students) {
    Run.DatasetSelector dataset;
    try (TopicFollower topics = new TopicFollower(bootstrapServers, List.of())) {
      dataset = new Run.DatasetSelector(topics.rangesOf(Topics.KEY_STEPS), List.of());
    }
    List<Run> runs = new ArrayList<>();
    for (long seed : options.runSeeds()) {
      for (Recipe recipe : options.recipes()) {
        runs.add(
            new Run(
                recipe.recipeName() + "-" + seed,
                recipe,
                students.folders().get(seed).toString(),
                options.hyperparameters(),
                dataset,
                seed));
      }
    }
    return runs;
  }

  /** Leaves broker and services running until it is closed, such as by a signal. */
  public void awaitClose() throws InterruptedException {
    stopped.await();
  }

  /** Says that it stops, unless everything has stopped already. */
  public void announceStop() {
    if (machine.isOpen()) {
      screen.out().println("\nStopping the services ...");
    }
  }

  /** Stops everything, the latest first, and waits for it. A second call does nothing. */
  @Override
  public void close() {
    stopped.countDown();
    machine.close();
  }
}
