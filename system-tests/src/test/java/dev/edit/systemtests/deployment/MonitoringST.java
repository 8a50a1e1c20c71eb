package dev.edit.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.systemtests.EditProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes the services during a small quickstart whose teacher refuses some
 * calls.
 *
 * <ol>
 *   <li>The services' ports are found in their processes' environments, and scraped every second.
 *   <li>The quickstart runs to its end.
 *   <li>Every expression of dashboards and alerts is evaluated as of the last moment at which all
 *       services were up.
 * </ol>
 *
 * <p>Skipped where Prometheus is not installed ({@code apt-get install prometheus}).
 */
@TestInstance(Lifecycle.PER_CLASS)
class MonitoringST {
  private static final Set<String> SERVICES =
      Set.of("generator-service", "aligner-service", "trainer-service", "evaluator-service");

  private Prometheus prometheus;
  private TraceCollector collector;
  private List<JsonNode> logLines;
  private double moment;

  @BeforeAll
  void run(@TempDir Path folder) throws Exception {
    Optional<Path> program = Programs.find("prometheus");
    assumeTrue(program.isPresent(), "skipped: prometheus is not on the PATH");
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "skipped: no /proc to find ports in");
    collector = TraceCollector.start();
    prometheus = Prometheus.start(program.get(), folder.resolve("prometheus"), Dashboards.RULES);
    await().atMost(Duration.ofMinutes(2)).until(prometheus::isReady);
    try (EditProcess edit = quickstart(folder)) {
      Map<String, String> targets = new HashMap<>();
      await()
          .atMost(Duration.ofMinutes(5))
          .until(
              () -> {
                edit.children().forEach(child -> address(child, targets));
                return edit.hasEnded() || targets.keySet().containsAll(SERVICES);
              });
      prometheus.scrape(targets);
      assertThat(edit.await(15)).as(edit.output()).isZero();
    }
    moment = lastMomentOfAll();
    logLines = logLines(folder.resolve("workspace"));
  }

  @AfterAll
  void stop() {
    if (prometheus != null) {
      prometheus.close();
      collector.close();
    }
  }

  private EditProcess quickstart(Path folder) throws IOException {
    return EditProcess.start(
        folder.resolve("quickstart.out"),
        Map.of(
            "EDIT_SIMULATED_TEACHER_FAULTS_RATE_LIMIT", "0.05",
            "QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true",
            "QUARKUS_OTEL_SDK_DISABLED", "false",
            "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
            "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", collector.address(),
            "KAFKA_INTERCEPTOR_CLASSES", "dev.edit.tracing.RecordTracing"),
        "quickstart",
        "--problems=120",
        "--test-problems=30",
        "--seed=11",
        "--seeds=1",
        "--sft-steps=60",
        "--krsl-steps=20",
        "--no-browser",
        "--workspace=" + folder.resolve("workspace"));
  }

  /** A service's name and address, where a process is one. */
  private static void address(ProcessHandle process, Map<String, String> targets) {
    Path proc = Path.of("/proc", String.valueOf(process.pid()));
    try {
      String command = Files.readString(proc.resolve("cmdline"), StandardCharsets.UTF_8);
      Map<String, String> environment =
          Pattern.compile("\0")
              .splitAsStream(Files.readString(proc.resolve("environ"), StandardCharsets.UTF_8))
              .map(entry -> entry.split("=", 2))
              .filter(entry -> entry.length == 2)
              .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1], (a, b) -> a));
      SERVICES.stream()
          .filter(service -> command.contains(service + "/target/quarkus-app/quarkus-run.jar"))
          .filter(service -> environment.containsKey("QUARKUS_HTTP_PORT"))
          .forEach(
              service -> targets.put(service, "127.0.0.1:" + environment.get("QUARKUS_HTTP_PORT")));
    } catch (IOException e) {
      // It has ended since it was listed; the next look finds the others.
      assertThat(process.isAlive()).as(e.toString()).isFalse();
    }
  }

  private double lastMomentOfAll() {
    double now = System.currentTimeMillis() / 1000.0;
    JsonNode last = prometheus.query("max_over_time((timestamp(up == 1))[30m:1s])", now);
    assertThat(last).as("services that were scraped").hasSize(SERVICES.size());
    return Manifest.elements(last)
        .mapToDouble(sample -> sample.at("/value/1").asDouble())
        .min()
        .orElseThrow();
  }

  @Test
  void shouldScrapeTheFourServices() {
    assertThat(prometheus.query("up == 1", moment)).hasSize(4);
  }

  @Test
  void shouldHaveDataInEveryPanelAfterASmallRun() {
    List<String> empty = new ArrayList<>();
    for (Dashboards.Query query : Dashboards.queries()) {
      boolean data =
          Manifest.elements(prometheus.query(query.filledIn(), moment))
              .anyMatch(sample -> !sample.at("/value/1").asText().equals("NaN"));
      if (!data) {
        empty.add(query.place() + ": " + query.filledIn());
      }
    }
    assertThat(empty).isEmpty();
  }

  @Test
  void shouldBeSilentAndStandOnRealMetricsWhenAnAlertHasNoReason() {
    Set<String> names =
        prometheus.names().stream().map(MetricsPage::family).collect(Collectors.toSet());
    // The page says what those need that this run does not have, such as a budget or a failure.
    Set<String> conditional = new TreeSet<>(MetricsPage.documented());
    conditional.removeAll(MetricsPage.always());
    for (Dashboards.Query alert : Dashboards.alerts()) {
      assertThat(prometheus.query(alert.expression(), moment)).as(alert.place()).isEmpty();
      assertThat(MetricsPage.metricsIn(alert.expression()))
          .as(alert.place())
          .isNotEmpty()
          .allMatch(name -> names.contains(name) || conditional.contains(name));
    }
  }

  @Test
  void shouldDocumentEveryMetricOfOursAndNoOther() {
    Set<String> exposed =
        prometheus.names().stream()
            .filter(name -> name.startsWith("edit_"))
            .map(MetricsPage::family)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(exposed).isNotEmpty();
    assertThat(MetricsPage.documented()).containsAll(exposed);
    Set<String> missing = new TreeSet<>(MetricsPage.always());
    missing.removeAll(exposed);
    assertThat(missing).as("documented without a condition, but not exposed").isEmpty();
  }

  @Test
  void shouldLogLinesForMachinesWithTheRunTheySpeakOf() {
    assertThat(logLines)
        .hasSizeGreaterThan(10)
        .allSatisfy(line -> assertThat(line.has("timestamp")).isTrue())
        .anyMatch(line -> line.at("/mdc/run").asText().startsWith("std-cot-"));
  }

  /** What the evaluator printed: it says what it does with each run. */
  private static List<JsonNode> logLines(Path workspace) throws IOException {
    Path log = Checkout.files(workspace, "evaluator.log").stream().findFirst().orElseThrow();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      // The virtual machine speaks plainly before the service does.
      if (line.startsWith("{")) {
        lines.add(new ObjectMapper().readTree(line));
      }
    }
    return lines;
  }

  @Test
  void shouldFollowAProblemAndARunThroughAllServicesInATraceEach() {
    Map<String, Set<String>> spansOfTraces = collector.spansOfTraces();
    assertThat(spansOfTraces.values())
        .as("a problem")
        .anyMatch(
            spans ->
                spans.containsAll(
                    Set.of(
                        "edit.problems receive",
                        "edit.dual-cots send",
                        "edit.dual-cots receive",
                        "edit.key-steps send")))
        .as("a run")
        .anyMatch(
            spans ->
                spans.containsAll(
                    Set.of(
                        "edit.runs receive",
                        "edit.run-events send",
                        "edit.checkpoints receive",
                        "edit.evaluations send")));
  }
}
