package dev.edit.cli.report;

import dev.edit.cli.pipeline.Accounting;
import dev.edit.contracts.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The findings as lines for the terminal. */
public final class Summary {
  private Summary() {}

  /** Tables and figures, without the report's path. */
  public static List<String> lines(Findings findings) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(accuracy(findings.comparison()));
    lines.add("");
    lines.addAll(significance(findings.comparison()));
    lines.add("");
    lines.addAll(benchmarks(BenchmarkTable.of(findings.runs())));
    lines.add("");
    KeyStepTable keySteps = KeyStepTable.of(findings.runs());
    if (!keySteps.rows().isEmpty()) {
      lines.addAll(keySteps(keySteps));
      lines.add("");
    }
    lines.addAll(budget(findings.runs()));
    lines.add("");
    lines.addAll(stream(findings));
    return lines;
  }

  /** How the figures of the accuracy table are to be read. */
  static String accuracyCaption(Comparison comparison) {
    return comparison.seeds() > 1
        ? ("Accuracy in %%: mean of %d training seeds ± standard error over the problems"
                + " (sd: standard deviation over the seeds)")
            .formatted(comparison.seeds())
        : "Accuracy in %: one training seed, ± standard error over the problems";
  }

  /** What was tested and how. */
  static String significanceCaption(Comparison comparison) {
    String text =
        "Differences in percentage points with 95 %% intervals (paired bootstrap over the problems);"
            + " McNemar's exact test, significant at 5 %% after Holm over %d tests";
    return text.formatted(comparison.tests().size())
        + (comparison.seeds() > 1
            ? "; discordant problems pooled over the seeds, which treats them as independent"
            : "");
  }

  private static List<String> accuracy(Comparison comparison) {
    TextTable table = new TextTable();
    table.row(
        Stream.concat(
                Stream.of("recipe"),
                comparison.benchmarks().stream()
                    .map(b -> "%s (%s, n=%d)".formatted(b.name(), domain(b.domain()), b.n())))
            .toList());
    for (Comparison.Row row : comparison.rows()) {
      table.row(
          Stream.concat(
                  Stream.of(row.recipe().recipeName()), row.cells().stream().map(Figures::accuracy))
              .toList());
    }
    return titled(accuracyCaption(comparison), table);
  }

  private static List<String> significance(Comparison comparison) {
    TextTable table = new TextTable();
    table.row(List.of("pair", "benchmark", "difference", "discordant", "p", "Holm", "verdict"));
    for (Comparison.PairTest test : comparison.tests()) {
      table.row(
          List.of(
              test.first().recipeName() + " - " + test.second().recipeName(),
              test.benchmark(),
              Figures.interval(test.interval()),
              test.mcNemar().firstOnly() + " : " + test.mcNemar().secondOnly(),
              Figures.pValue(test.pValue()),
              Figures.pValue(test.adjusted()),
              Figures.verdict(test)));
    }
    return titled(significanceCaption(comparison), table);
  }

  private static List<String> benchmarks(BenchmarkTable figures) {
    TextTable table = new TextTable().row(BenchmarkTable.HEAD);
    figures.rows().forEach(row -> table.row(line(row.run(), row.cells())));
    figures.averages().forEach(average -> table.row(line(average.run(), average.cells())));
    return titled(BenchmarkTable.CAPTION, table);
  }

  private static List<String> keySteps(KeyStepTable figures) {
    TextTable table = new TextTable().row(KeyStepTable.HEAD);
    figures.rows().forEach(row -> table.row(line(row.run(), row.cells())));
    return titled(KeyStepTable.CAPTION, table);
  }

  private static List<String> line(String name, List<String> cells) {
    return Stream.concat(Stream.of(name), cells.stream()).toList();
  }

  private static List<String> budget(List<RunResult> runs) {
    TextTable table = new TextTable();
    table.row(List.of("run", "SFT CoTs", "KRSL pairs", "steps", "tokens", "seconds", "tokens/s"));
    for (RunResult run : runs) {
      table.row(
          List.of(
              run.id(),
              Figures.count(run.last().manifest().examples().sft()),
              Figures.count(run.last().manifest().examples().krsl()),
              Figures.count(run.last().step()),
              Figures.count(run.last().manifest().tokens()),
              Figures.seconds(run.last().manifest().trainSeconds()),
              Figures.count(Math.round(run.tokensPerSecond()))));
    }
    return titled("Training budget", table);
  }

  private static List<String> stream(Findings findings) {
    Accounting a = findings.accounting();
    List<String> lines = new ArrayList<>();
    lines.add(
        "Problems    %d published = %d accepted + %d dead-lettered; lost %d, duplicated %d"
            .formatted(a.published(), a.accepted(), a.deadLettered(), a.lost(), a.duplicated()));
    if (!findings.deadLetters().isEmpty()) {
      lines.add(
          "            dead letters: "
              + findings.deadLetters().entrySet().stream()
                  .map(e -> e.getValue() + " " + e.getKey())
                  .collect(Collectors.joining(", ")));
    }
    lines.add(
        "CoTs        %d right, %d wrong; %d dual, %d right ones alone"
            .formatted(
                findings.counts().right(),
                findings.counts().wrong(),
                findings.counts().dual(),
                findings.counts().alone()));
    lines.add("Key tokens  " + Figures.percent(findings.keyTokenShare()) + " % of both sides");
    lines.add(
        "Teacher     %s calls, %s prompt and %s completion tokens (%s)"
            .formatted(
                Figures.count(findings.bill().calls()),
                Figures.count(findings.bill().promptTokens()),
                Figures.count(findings.bill().completionTokens()),
                findings.bill().source()));
    lines.add("            " + findings.teacher());
    lines.add(
        "Seconds     "
            + findings.seconds().entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%s %.1f", e.getKey(), e.getValue()))
                .collect(Collectors.joining(", ")));
    return lines;
  }

  /** A domain's name. */
  static String domain(Problem.Domain domain) {
    return domain == Problem.Domain.IN ? "in" : "out";
  }

  private static List<String> titled(String title, TextTable table) {
    List<String> lines = new ArrayList<>();
    lines.add(title);
    lines.add("");
    lines.addAll(table.lines());
    return lines;
  }
}
