package dev.edit.cli.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.Evaluation;
import dev.edit.contracts.GroupMeans;
import dev.edit.contracts.KeyStepFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The findings for machines. */
public final class ResultJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ResultJson() {}

  /** The object of {@code --json FILE}. */
  public static ObjectNode of(Findings findings) {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("problems")
        .put("published", findings.accounting().published())
        .put("accepted", findings.accounting().accepted())
        .put("deadLettered", findings.accounting().deadLettered())
        .put("lost", findings.accounting().lost())
        .put("duplicated", findings.accounting().duplicated());
    root.put("keyTokenShare", findings.keyTokenShare());
    root.putObject("teacher")
        .put("calls", findings.bill().calls())
        .put("promptTokens", findings.bill().promptTokens())
        .put("completionTokens", findings.bill().completionTokens());
    ArrayNode runs = root.putArray("runs");
    findings.runs().forEach(run -> runs.add(run(run)));
    ObjectNode seconds = root.putObject("seconds");
    findings.seconds().forEach(seconds::put);
    return root;
  }

  /** The same and all that the report says besides: settings, digests, budget, tests. */
  public static ObjectNode complete(Findings findings) {
    ObjectNode root = of(findings);
    root.put("title", findings.title());
    root.put("teacherDescription", findings.teacher());
    root.put("datasetSha256", findings.datasetSha256());
    ObjectNode letters = root.putObject("deadLetterReasons");
    findings.deadLetters().forEach(letters::put);
    ObjectNode settings = root.putObject("settings");
    findings.settings().forEach(settings::put);
    ArrayNode tests = root.putArray("tests");
    for (Comparison.PairTest test : findings.comparison().tests()) {
      tests
          .addObject()
          .put("first", test.first().recipeName())
          .put("second", test.second().recipeName())
          .put("benchmark", test.benchmark())
          .put("difference", test.difference())
          .put("low", test.interval().low())
          .put("high", test.interval().high())
          .put("firstOnly", test.mcNemar().firstOnly())
          .put("secondOnly", test.mcNemar().secondOnly())
          .put("p", test.pValue())
          .put("pHolm", test.adjusted())
          .put("significant", test.significant());
    }
    benchmarks(BenchmarkTable.of(findings.runs()), root);
    keySteps(KeyStepTable.of(findings.runs()), root.putArray("keySteps"));
    ArrayNode budgets = root.putArray("budgets");
    findings.runs().forEach(run -> budgets.add(budget(run)));
    return root;
  }

  /** Writes an object as an indented file. */
  public static void write(ObjectNode object, Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Files.writeString(file, JSON.writeValueAsString(object) + "\n");
  }

  private static ObjectNode run(RunResult run) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("recipe", run.recipe().recipeName())
            .put("seed", run.seed())
            .put("trainSeconds", run.last().manifest().trainSeconds())
            .put("tokensPerSecond", run.tokensPerSecond());
    ArrayNode benchmarks = node.putArray("benchmarks");
    for (Evaluation evaluation : run.evaluations()) {
      benchmarks
          .addObject()
          .put("benchmark", evaluation.label())
          .put("domain", Summary.domain(evaluation.domain()))
          .put("accuracy", evaluation.overall().accuracy())
          .put("stderr", evaluation.overall().stderr())
          .put("n", evaluation.overall().n());
    }
    return node;
  }

  private static void benchmarks(BenchmarkTable table, ObjectNode root) {
    ArrayNode figures = root.putArray("figures");
    for (BenchmarkTable.Row row : table.rows()) {
      figures
          .addObject()
          .put("run", row.run())
          .put("benchmark", row.benchmark())
          .put("domain", Summary.domain(row.domain()))
          .put(GroupMeans.MICRO, row.score().accuracy())
          .put("stderr", row.score().stderr())
          .put("low", row.interval().low())
          .put("high", row.interval().high())
          .put(GroupMeans.MACRO, row.macro())
          .put("n", row.score().n())
          .put("unanswered", row.unanswered())
          .put("truncated", row.truncated());
    }
    ArrayNode averages = root.putArray("averages");
    for (BenchmarkTable.Average average : table.averages()) {
      averages
          .addObject()
          .put("run", average.run())
          .put("benchmarks", average.benchmarks())
          .put(GroupMeans.AVERAGE, average.value());
    }
  }

  private static void keySteps(KeyStepTable table, ArrayNode to) {
    for (KeyStepTable.Row row : table.rows()) {
      ObjectNode node =
          to.addObject()
              .put("run", row.run())
              .put("pairs", row.preferred().n())
              .put("preferred", row.preferred().accuracy())
              .put("preferredStderr", row.preferred().stderr());
      put(node, "right", row.figures().right());
      put(node, "wrong", row.figures().wrong());
      put(node, "margin", row.figures().margin());
    }
  }

  private static void put(ObjectNode node, String name, KeyStepFigures.Mean mean) {
    node.put(name, mean.mean()).put(name + "Stderr", mean.stderr());
  }

  private static ObjectNode budget(RunResult run) {
    Checkpoint.Manifest manifest = run.last().manifest();
    return JSON.createObjectNode()
        .put("run", run.id())
        .put("steps", run.last().step())
        .put("sftCots", manifest.examples().sft())
        .put("krslPairs", manifest.examples().krsl())
        .put("tooLong", manifest.tooLong())
        .put("tokens", manifest.tokens())
        .put("seconds", manifest.trainSeconds())
        .put("recordsSha256", manifest.datasetSha256())
        .put("initialSha256", manifest.initialSha256())
        .put("weightsSha256", run.last().sha256());
  }
}
