package dev.edit.cli.quickstart;

import dev.edit.cli.pipeline.StreamLog;
import dev.edit.cli.pipeline.TeacherBill;
import dev.edit.cli.process.ServiceGroup;
import dev.edit.cli.process.ServiceProcess;
import dev.edit.cli.report.Comparison;
import dev.edit.cli.report.Examples;
import dev.edit.cli.report.Findings;
import dev.edit.cli.report.RunResult;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.DeadLetter;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Run;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.contracts.codec.Sha256;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes findings out of what was seen on the topics. */
final class FindingsOf {
  private static final int EXAMPLES = 10;

  private final QuickstartOptions options;
  private final StreamLog log;
  private final InitialStudents students;

  FindingsOf(QuickstartOptions options, StreamLog log, InitialStudents students) {
    this.options = options;
    this.log = log;
    this.students = students;
  }

  Findings with(List<Run> runs, ServiceGroup services, Map<String, Double> seconds) {
    List<KeySteps> keySteps = log.keySteps();
    List<RunResult> results =
        runs.stream()
            .sorted(Comparator.comparing(Run::recipe).thenComparing(Run::seed))
            .map(this::result)
            .toList();
    Map<String, String> settings = QuickstartSettings.describe(options);
    settings.put("vocabulary", students.vocabulary() + " tokens");
    settings.put("parameters", String.valueOf(students.parameters()));
    return new Findings(
        options.seed(),
        teacher(),
        log.accounting(),
        log.counts(),
        digest(keySteps),
        keyTokenShare(keySteps),
        bill(services),
        results,
        Comparison.of(results),
        seconds,
        Examples.choose(keySteps, EXAMPLES),
        deadLetters(),
        settings);
  }

  private RunResult result(Run run) {
    Checkpoint last =
        log.checkpoints(run.id()).stream().filter(Checkpoint::last).findFirst().orElseThrow();
    List<Evaluation> evaluations =
        log.evaluations().stream()
            .filter(evaluation -> evaluation.run().equals(run.id()))
            .sorted(Comparator.comparing(Evaluation::domain).thenComparing(Evaluation::benchmark))
            .toList();
    return new RunResult(
        run.id(), run.recipe(), run.seed(), last, log.events(run.id()), evaluations);
  }

  private String teacher() {
    return options
        .teacher()
        .map(real -> "The teacher is %s at %s.".formatted(real.model(), withoutSecrets(real.url())))
        .orElse(
            "The teacher is SIMULATED: a program that knows how to solve the problems and errs on"
                + " purpose; no language model was asked.");
  }

  /** Scheme, host, port and path: user info and query may hold a key. */
  static String withoutSecrets(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port + url.getPath();
  }

  private TeacherBill bill(ServiceGroup services) {
    return services.services().stream()
        .filter(service -> service.name().equals(ServicePlan.GENERATOR))
        .findFirst()
        .flatMap(ServiceProcess::metrics)
        .map(TeacherBill::fromMetrics)
        .filter(bill -> bill.calls() > 0)
        .orElseGet(log::bill);
  }

  private Map<String, Integer> deadLetters() {
    Map<String, Integer> reasons = new TreeMap<>();
    for (DeadLetter letter : log.deadLetters()) {
      reasons.merge(letter.stage() + ": " + letter.reason(), 1, Integer::sum);
    }
    return reasons;
  }

  /** Key tokens among the response tokens of both sides of all duals; 0 without duals. */
  static double keyTokenShare(List<KeySteps> records) {
    long key = 0;
    long all = 0;
    for (KeySteps record : records) {
      if (record.wrong() != null) {
        key += record.right().keyCount() + record.wrong().keyCount();
        all += record.right().ids().length + record.wrong().ids().length;
      }
    }
    return all == 0 ? 0 : (double) key / all;
  }

  /** SHA-256 of the records' bytes in the order given. */
  static String digest(List<KeySteps> records) {
    Sha256 digest = new Sha256();
    RecordCodec<KeySteps> codec = RecordCodec.of(KeySteps.class);
    records.forEach(record -> digest.add(codec.encode(record)));
    return digest.hex();
  }
}
