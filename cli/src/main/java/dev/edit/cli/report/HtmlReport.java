package dev.edit.cli.report;

import dev.edit.contracts.Highlight;
import dev.edit.contracts.KeySteps;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The findings as one HTML page that needs nothing else: no script, no request; its content
 * security policy allows its own style sheet by digest and nothing besides. Every text is escaped.
 */
public final class HtmlReport {
  private static final Variant HTML = Variant.forContentType(Variant.TEXT_HTML);

  private final Template template;
  private final String style;

  public HtmlReport() {
    Engine engine =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .strictRendering(true)
            .build();
    this.template = engine.parse(resource("report.html"), HTML);
    this.style = resource("report.css");
  }

  /** The page. */
  public String render(Findings findings) {
    return template
        .data("f", findings)
        .data("style", new RawString(style))
        .data("styleDigest", new RawString("'sha256-" + sha256(style) + "'"))
        .data("accuracyCaption", Summary.accuracyCaption(findings.comparison()))
        .data("significanceCaption", Summary.significanceCaption(findings.comparison()))
        .data("head", head(findings.comparison()))
        .data("rows", rows(findings.comparison()))
        .data("tests", tests(findings.comparison()))
        .data("benchmarkHead", BenchmarkTable.HEAD)
        .data("benchmarkCaption", BenchmarkTable.CAPTION)
        .data("benchmarks", benchmarks(BenchmarkTable.of(findings.runs())))
        .data("keyStepHead", KeyStepTable.HEAD)
        .data("keyStepCaption", KeyStepTable.CAPTION)
        .data("keySteps", keySteps(KeyStepTable.of(findings.runs())))
        .data("tasks", TaskTable.of(findings.runs()))
        .data("budgets", budgets(findings.runs()))
        .data("facts", facts(findings))
        .data("charts", LossChart.of(findings.runs()))
        .data("examples", findings.examples().stream().map(HtmlReport::example).toList())
        .render();
  }

  private record Row(String name, List<String> cells) {}

  private record Fact(String name, String value) {}

  private record Example(
      String id,
      String question,
      String gold,
      String origin,
      String keys,
      List<Highlight.Stretch> right,
      List<Highlight.Stretch> wrong) {}

  private static List<String> head(Comparison comparison) {
    return comparison.benchmarks().stream()
        .map(b -> "%s (%s-domain, n = %d)".formatted(b.name(), Summary.domain(b.domain()), b.n()))
        .toList();
  }

  private static List<Row> rows(Comparison comparison) {
    return comparison.rows().stream()
        .map(
            row ->
                new Row(
                    row.recipe().recipeName(),
                    row.cells().stream().map(Figures::accuracy).toList()))
        .toList();
  }

  private static List<Row> tests(Comparison comparison) {
    return comparison.tests().stream()
        .map(
            test ->
                new Row(
                    test.first().recipeName() + " − " + test.second().recipeName(),
                    List.of(
                        test.benchmark(),
                        Figures.interval(test.interval()),
                        test.mcNemar().firstOnly() + " : " + test.mcNemar().secondOnly(),
                        Figures.pValue(test.pValue()),
                        Figures.pValue(test.adjusted()),
                        Figures.verdict(test))))
        .toList();
  }

  private static List<Row> benchmarks(BenchmarkTable table) {
    return Stream.concat(
            table.rows().stream().map(row -> new Row(row.run(), row.cells())),
            table.averages().stream().map(average -> new Row(average.run(), average.cells())))
        .toList();
  }

  private static List<Row> keySteps(KeyStepTable table) {
    return table.rows().stream().map(row -> new Row(row.run(), row.cells())).toList();
  }

  private static List<Row> budgets(List<RunResult> runs) {
    return runs.stream()
        .map(
            run ->
                new Row(
                    run.id(),
                    List.of(
                        Figures.count(run.last().manifest().examples().sft()),
                        Figures.count(run.last().manifest().examples().krsl()),
                        Figures.count(run.last().step()),
                        Figures.count(run.last().manifest().tokens()),
                        Figures.seconds(run.last().manifest().trainSeconds()),
                        Figures.count(Math.round(run.tokensPerSecond())))))
        .toList();
  }

  private static List<Fact> facts(Findings findings) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Published problems", String.valueOf(findings.accounting().published())));
    facts.add(new Fact("Accepted", String.valueOf(findings.accounting().accepted())));
    facts.add(new Fact("Dead-lettered", deadLetters(findings)));
    facts.add(new Fact("Lost", String.valueOf(findings.accounting().lost())));
    facts.add(new Fact("Duplicated", String.valueOf(findings.accounting().duplicated())));
    facts.add(
        new Fact(
            "Teacher's chains of thought",
            "%d right, %d wrong".formatted(findings.counts().right(), findings.counts().wrong())));
    facts.add(
        new Fact(
            "Dual chains of thought",
            "%d, and %d right ones alone"
                .formatted(findings.counts().dual(), findings.counts().alone())));
    facts.add(new Fact("Key tokens", Figures.percent(findings.keyTokenShare()) + " %"));
    facts.add(
        new Fact(
            "Teacher calls",
            "%s, from %s"
                .formatted(Figures.count(findings.bill().calls()), findings.bill().source())));
    facts.add(
        new Fact(
            "Teacher tokens",
            "%s prompt, %s completion"
                .formatted(
                    Figures.count(findings.bill().promptTokens()),
                    Figures.count(findings.bill().completionTokens()))));
    findings
        .seconds()
        .forEach((stage, s) -> facts.add(new Fact(stage + ", seconds", Figures.seconds(s))));
    return facts;
  }

  private static String deadLetters(Findings findings) {
    String reasons =
        findings.deadLetters().entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
    String count = String.valueOf(findings.accounting().deadLettered());
    return reasons.isEmpty() ? count : count + " (" + reasons + ")";
  }

  private static Example example(KeySteps record) {
    return new Example(
        record.problem().id(),
        record.problem().question(),
        record.problem().answer(),
        switch (record.origin()) {
          case RECTIFIED -> "the wrong one is the teacher's own, the right one was rectified";
          case CORRUPTED -> "the right one is the teacher's own, the wrong one was corrupted";
        },
        "%d of %d tokens are key"
            .formatted(
                record.right().keyCount() + record.wrong().keyCount(),
                record.right().ids().length + record.wrong().ids().length),
        Highlight.of(record.right()),
        Highlight.of(record.wrong()));
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + name, e);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM knows SHA-256", e);
    }
  }
}
