package dev.edit.cli.bench.pipeline;

import dev.edit.cli.machine.Installation;
import dev.edit.cli.machine.LocalPipeline;
import dev.edit.cli.machine.LocalServices;
import dev.edit.cli.machine.Watchdog;
import dev.edit.cli.machine.Workspace;
import dev.edit.cli.pipeline.Accounting;
import dev.edit.cli.pipeline.MetricsText;
import dev.edit.cli.pipeline.RecordPublisher;
import dev.edit.cli.pipeline.TopicWatch;
import dev.edit.cli.process.ServiceFailure;
import dev.edit.cli.process.ServiceGroup;
import dev.edit.cli.process.ServiceSpec;
import dev.edit.cli.quickstart.FirstStudent;
import dev.edit.cli.quickstart.QuickstartSettings;
import dev.edit.cli.terminal.ProgressBoard;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Topics;
import dev.edit.families.ProblemSets;
import dev.edit.families.SetSizes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The data stages on this machine as the quickstart starts them: broker, simulated teacher,
 * generator and aligner. Some problems go through to warm up, many are published at once, and some
 * more at half the pace that those reached. Then the teacher is asked by a plain client, and the
 * same records go through {@link PlainLoops} on a fresh broker. Closing it stops whatever runs.
 */
public final class PipelineBench implements AutoCloseable {
  private static final double PACE = 0.5;

  private final PipelineBenchOptions options;
  private final Workspace workspace;
  private final ProgressBoard board;
  private final Clock clock;
  private final LocalPipeline pipeline;
  private final LocalPipeline baseline;

  public PipelineBench(
      PipelineBenchOptions options, Workspace workspace, ProgressBoard board, Clock clock) {
    this.options = options;
    this.workspace = workspace;
    this.board = board;
    this.clock = clock;
    this.pipeline = new LocalPipeline(workspace);
    this.baseline = new LocalPipeline(new Workspace(workspace.folder().resolve("baseline")));
  }

  /** The problems: all are of the train split and none occurs twice. */
  private record Batches(List<Problem> warmUp, List<Problem> burst, List<Problem> paced) {
    static Batches draw(PipelineBenchOptions options) {
      int first = options.warmUp();
      int second = first + options.problems();
      int all = second + options.paced();
      List<Problem> problems =
          ProblemSets.generate(options.seed(), new SetSizes(all, 0, 0, 0)).train();
      return new Batches(
          problems.subList(0, first),
          problems.subList(first, second),
          problems.subList(second, all));
    }
  }

  /** What came of the pipeline, before there is anything to compare it with. */
  private record Measured(
      BatchFigures burst,
      PipelineResult.Paced paced,
      TeacherFigures teacher,
      double teacherAlone,
      Map<String, Long> lag) {}

  /**
   * Measures.
   *
   * @throws RuntimeException with a message for people where it cannot go on
   */
  public PipelineResult run(Installation installation) throws IOException, InterruptedException {
    Batches batches = Batches.draw(options);
    RecordTape tape = new RecordTape(clock);
    Measured measured = pipeline(installation, batches, tape);
    pipeline.close();
    double plain = plainLoops(batches, tape);
    baseline.close();
    BatchFigures burst = measured.burst();
    double rate = burst.problemsPerSecond();
    double teacher = measured.teacherAlone() / measured.teacher().callsPerProblem();
    return new PipelineResult(
        options.problems(),
        options.warmUp(),
        options.teacherSeconds(),
        options.concurrency(),
        QuickstartSettings.PARTITIONS,
        accounting(tape),
        burst.seconds(),
        rate,
        burst.stages(),
        burst.latency(),
        measured.paced(),
        measured.teacher(),
        measured.lag(),
        List.of(
            new PipelineResult.Baseline(PipelineResult.TEACHER_ALONE, teacher, rate / teacher),
            new PipelineResult.Baseline(PipelineResult.KAFKA_ALONE, plain, rate / plain)));
  }

  private Measured pipeline(Installation installation, Batches batches, RecordTape tape)
      throws IOException, InterruptedException {
    String bootstrapServers = pipeline.startBroker(QuickstartSettings.PARTITIONS);
    LocalServices local = new LocalServices(installation, workspace, bootstrapServers);
    ServiceGroup services = pipeline.startServices(specs(local));
    LocalPipeline.awaitReady(services);
    Watchdog watchdog = new Watchdog(services, tape.arrivals(), clock);
    BenchStream stream =
        stream(
            "pipeline",
            pipeline,
            bootstrapServers,
            tape,
            since -> watchdog.check("problems to end", since, LocalServices.GENERATOR));
    stream.atOnce("warm-up", batches.warmUp());
    MetricsText before = metrics(services);
    stream.atOnce("at once", batches.burst());
    MetricsText after = metrics(services);
    BatchFigures burst = BatchFigures.of(tape, ids(batches.burst()));
    TeacherFigures teacher = TeacherFigures.between(before, after, burst);
    double pace = PACE * burst.problemsPerSecond();
    stream.paced("paced", batches.paced(), pace);
    Waits paced = BatchFigures.of(tape, ids(batches.paced())).latency();
    Map<String, Long> lag = ConsumerLag.now(bootstrapServers, tape);
    double alone =
        TeacherAlone.callsPerSecond(
            local.simulatedTeacherUrl(), options.concurrency(), batches.burst(), teacher.calls());
    return new Measured(
        burst, new PipelineResult.Paced(batches.paced().size(), pace, paced), teacher, alone, lag);
  }

  /** What the data stages need; students and their examination take no part. */
  private List<ServiceSpec> specs(LocalServices local) throws IOException {
    Path student = workspace.students().resolve("tokenizer");
    FirstStudent.writeUnlessThere(student, options.seed());
    return List.of(
        local.simulatedTeacher(
            options.seed(), Map.of("EDIT_SIMULATED_TEACHER_LATENCY", options.latency().toString())),
        local.generator(
            local.simulatedTeacherUrl(),
            LocalServices.SIMULATED_MODEL,
            QuickstartSettings.SIMULATED_EXAMPLE_PATIENCE,
            Map.of("EDIT_GENERATOR_CONCURRENCY", String.valueOf(options.concurrency()))),
        local.aligner(student, QuickstartSettings.LONGEST));
  }

  private double plainLoops(Batches batches, RecordTape pipelineTape) throws InterruptedException {
    RecordTape tape = new RecordTape(clock);
    String bootstrapServers = baseline.startBroker(QuickstartSettings.PARTITIONS);
    Watchdog watchdog =
        new Watchdog(new ServiceGroup(Duration.ZERO, Map.of()), tape.arrivals(), clock);
    BenchStream stream =
        stream(
            "plain loops",
            baseline,
            bootstrapServers,
            tape,
            since -> watchdog.check("the plain loops", since));
    baseline.keep(PlainLoops.start(bootstrapServers, pipelineTape, tape::fail));
    stream.atOnce("warm-up", batches.warmUp());
    stream.atOnce("at once", batches.burst());
    return BatchFigures.of(tape, ids(batches.burst())).problemsPerSecond();
  }

  private BenchStream stream(
      String name,
      LocalPipeline machine,
      String bootstrapServers,
      RecordTape tape,
      Consumer<Instant> watchdog) {
    machine.keep(TopicWatch.start(bootstrapServers, RecordTape.TOPICS, tape));
    RecordPublisher publisher = machine.keep(new RecordPublisher(bootstrapServers));
    return new BenchStream(name, publisher, tape, board, watchdog, clock);
  }

  private static MetricsText metrics(ServiceGroup services) {
    return services
        .named(LocalServices.GENERATOR)
        .metrics()
        .map(MetricsText::new)
        .orElseThrow(() -> new ServiceFailure("the generator does not answer at /q/metrics"));
  }

  private static Accounting accounting(RecordTape tape) {
    return Accounting.of(
        keys(tape, Topics.PROBLEMS), keys(tape, Topics.KEY_STEPS), keys(tape, Topics.DEAD_LETTERS));
  }

  private static List<String> keys(RecordTape tape, String topic) {
    return tape.of(topic).stream().map(ConsumerRecord::key).toList();
  }

  private static Set<String> ids(List<Problem> problems) {
    return problems.stream().map(Problem::id).collect(Collectors.toSet());
  }

  @Override
  public void close() {
    pipeline.close();
    baseline.close();
  }
}
