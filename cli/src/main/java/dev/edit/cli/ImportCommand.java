package dev.edit.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.cli.files.JsonLinesFile;
import dev.edit.cli.pipeline.RecordPublisher;
import dev.edit.contracts.Problem;
import dev.edit.contracts.Problem.Domain;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.RecordCodec;
import dev.edit.datasets.Format;
import dev.edit.datasets.ImportReport;
import dev.edit.datasets.ImportReport.Counts;
import dev.edit.datasets.ImportSettings;
import dev.edit.datasets.ProblemImport;
import dev.edit.datasets.SplitRule;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edit import}. */
@Command(
    name = "import",
    description = {
      "Turns benchmark files into problems, for Kafka or for a file.",
      "All or nothing: a file that is not as its format says is reported with file, line and field"
          + " before anything is written."
    },
    sortOptions = false)
final class ImportCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BATCH = 500;

  @Parameters(
      index = "0",
      paramLabel = "FORMAT",
      description = "bbh, bigbench, agieval, arc, gsm8k or jsonl (a Problem a line).")
  private String format;

  @Parameters(
      index = "1",
      paramLabel = "PATH",
      description = "A file, or a folder with files of this format.")
  private Path path;

  @ArgGroup(multiplicity = "1")
  private Target target;

  @Option(
      names = "--split",
      paramLabel = "RULE",
      description =
          "train, test, or parts such as 4:1, drawn by lot task by task. Without it: 4:1 for bbh,"
              + " the published split for all others.")
  private String split;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of the lots (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--domain",
      paramLabel = "in|out",
      description =
          "Whether students are trained on problems of this kind. Without it: in for bbh and"
              + " jsonl, out for all others.")
  private String domain;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "The data set's name; test problems of one source are one benchmark.")
  private String source;

  @Option(
      names = "--train-on-test",
      description =
          "Lets a published test split be trained on. Spoils every comparison with others.")
  private boolean trainOnTest;

  @Mixin private JsonOption json;

  /** Where the problems go. */
  private static final class Target {
    @Option(names = "--output", paramLabel = "F", description = "A file of JSON lines.")
    private Path output;

    @Option(
        names = "--bootstrap-servers",
        paramLabel = "HOST:PORT",
        description = "The Kafka whose topic edit.problems they go to.")
    private String bootstrapServers;
  }

  @Override
  public Integer call() throws Exception {
    ProblemImport problems = ProblemImport.of(Format.of(format), path, settings());
    ImportReport report =
        target.output != null ? toFile(problems, target.output) : toKafka(problems);
    json.print(figures(report), out -> tell(report, out));
    return 0;
  }

  private ImportSettings settings() {
    return new ImportSettings(
        split == null ? null : SplitRule.parse(split), seed, domain(), source, trainOnTest);
  }

  private Domain domain() {
    if (domain == null) {
      return null;
    }
    return switch (domain) {
      case "in" -> Domain.IN;
      case "out" -> Domain.OUT;
      default -> throw new CommandFailure("--domain: expected in or out, but was '" + domain + "'");
    };
  }

  private ImportReport toFile(ProblemImport problems, Path file)
      throws IOException, InterruptedException {
    RecordCodec<Problem> codec = RecordCodec.of(Problem.class);
    try (JsonLinesFile lines = JsonLinesFile.create(file)) {
      ImportReport report = problems.run(problem -> lines.write(codec.encode(problem)));
      requireAny(report);
      lines.commit();
      return report;
    }
  }

  private void requireAny(ImportReport report) {
    if (report.total().train() + report.total().test() == 0) {
      throw new CommandFailure(path + ": expected at least one problem, found none");
    }
  }

  private ImportReport toKafka(ProblemImport problems) throws IOException, InterruptedException {
    try (RecordPublisher publisher = new RecordPublisher(target.bootstrapServers)) {
      List<Problem> batch = new ArrayList<>();
      ImportReport report =
          problems.run(
              problem -> {
                batch.add(problem);
                if (batch.size() == BATCH) {
                  publisher.publish(Topics.PROBLEMS, Problem.class, batch);
                  batch.clear();
                }
              });
      publisher.publish(Topics.PROBLEMS, Problem.class, batch);
      requireAny(report);
      return report;
    }
  }

  private static ObjectNode figures(ImportReport report) {
    ObjectNode root = node(report.total()).put("files", report.files());
    root.put("canaries", report.canaries());
    ObjectNode tasks = root.putObject("tasks");
    report.tasks().forEach((task, counts) -> tasks.set(task, node(counts)));
    return root;
  }

  private static void tell(ImportReport report, PrintStream out) {
    report.tasks().forEach((task, counts) -> out.println(line(task, counts)));
    out.println(line("all " + report.tasks().size() + " tasks", report.total()));
  }

  private static ObjectNode node(Counts counts) {
    return JSON.createObjectNode().put("train", counts.train()).put("test", counts.test());
  }

  private static String line(String name, Counts counts) {
    return String.format(
        Locale.ROOT, "%-50s %6d train %6d test", name, counts.train(), counts.test());
  }
}
