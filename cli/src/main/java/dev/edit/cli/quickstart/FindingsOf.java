package dev.edit.cli.quickstart;

import dev.edit.cli.machine.LocalServices;
import dev.edit.cli.pipeline.MetricsText;
import dev.edit.cli.pipeline.StreamLog;
import dev.edit.cli.pipeline.TeacherBill;
import dev.edit.cli.process.ServiceGroup;
import dev.edit.cli.report.Comparison;
import dev.edit.cli.report.DataFacts;
import dev.edit.cli.report.Examples;
import dev.edit.cli.report.Findings;
import dev.edit.cli.report.RunResult;
import dev.edit.contracts.KeySteps;
import dev.edit.contracts.Run;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

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
            .map(run -> RunResult.of(run, log))
            .toList();
    Map<String, String> settings = QuickstartSettings.describe(options);
    settings.put("vocabulary", students.vocabulary() + " tokens");
    settings.put("parameters", String.valueOf(students.parameters()));
    return new Findings(
        "EDIT quickstart, seed " + options.seed(),
        teacher() + " The students are small decoders trained from scratch on this machine.",
        log.accounting(),
        log.counts(),
        DataFacts.digest(keySteps),
        DataFacts.keyTokenShare(keySteps),
        bill(services),
        results,
        Comparison.of(results),
        seconds,
        Examples.choose(keySteps, EXAMPLES),
        DataFacts.reasons(log.deadLetters()),
        settings);
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
    return services
        .named(LocalServices.GENERATOR)
        .metrics()
        .map(MetricsText::new)
        .map(TeacherBill::fromMetrics)
        .filter(bill -> bill.calls() > 0)
        .orElseGet(log::bill);
  }
}
