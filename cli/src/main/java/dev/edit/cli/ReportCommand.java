package dev.edit.cli;

import dev.edit.cli.report.Findings;
import dev.edit.cli.report.HtmlReport;
import dev.edit.cli.report.ResultJson;
import dev.edit.cli.report.RunResult;
import dev.edit.cli.report.Summary;
import dev.edit.cli.report.TopicFindings;
import dev.edit.cli.terminal.Screen;
import dev.edit.datasets.results.LmEvalResults;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edit report}. */
@Command(
    name = "report",
    description = {
      "Compares finished runs and writes what was found.",
      "Reads the topics and leaves three kinds of files in the output folder: report.html, which"
          + " needs nothing else; result.json with every figure; and for each run"
          + " results_RUN_TIME.json as lm-evaluation-harness writes it."
    },
    sortOptions = false)
final class ReportCommand implements Callable<Integer> {
  @Mixin private KafkaOption kafka;

  @Option(
      names = "--run",
      paramLabel = "ID",
      split = ",",
      description = "Runs to compare (default: all that were evaluated).")
  private List<String> runs = List.of();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "Where the files go; made where it is missing.")
  private Path output;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    PrintStream out = Screen.standard().out();
    Clock clock = Clock.systemUTC();
    Findings findings = TopicFindings.read(kafka.bootstrapServers(), runs, clock);
    Files.createDirectories(output);
    Path report = output.resolve("report.html");
    Files.writeString(report, new HtmlReport().render(findings));
    ResultJson.write(ResultJson.complete(findings), output.resolve("result.json"));
    Instant at = clock.instant();
    for (RunResult run : findings.runs()) {
      ResultJson.write(
          LmEvalResults.of(run.evaluations(), run.last().uri(), at),
          output.resolve("results_%s_%s.json".formatted(run.id(), LmEvalResults.stamp(at))));
    }
    Summary.lines(findings).forEach(out::println);
    out.println("Report      " + report);
    json.also(ResultJson.complete(findings));
    return 0;
  }
}
