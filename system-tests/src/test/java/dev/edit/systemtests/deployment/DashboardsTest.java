package dev.edit.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dashboards are whole, alerts have runbooks, and promtool takes both rules and their tests. */
class DashboardsTest {

  static List<Dashboards.Dashboard> dashboards() {
    return Dashboards.all();
  }

  @Test
  void shouldHaveADashboardForEachConcern() {
    assertThat(dashboards())
        .extracting(dashboard -> dashboard.node().path("uid").asText())
        .containsExactlyInAnyOrder(
            "edit-pipeline",
            "edit-teacher",
            "edit-alignment",
            "edit-training",
            "edit-evaluation",
            "edit-kafka");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void shouldTakeItsDataSourceFromAVariable(Dashboards.Dashboard dashboard) {
    assertThat(dashboard.node().has("__inputs")).isFalse();
    assertThat(dashboard.file().getFileName())
        .hasToString(dashboard.node().path("uid").asText() + ".json");
    assertThat(dashboard.node().path("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
    JsonNode variable = dashboard.node().at("/templating/list/0");
    assertThat(variable.path("name").asText()).isEqualTo("datasource");
    assertThat(variable.path("type").asText()).isEqualTo("datasource");
    assertThat(dashboard.node().findValues("datasource"))
        .isNotEmpty()
        .allMatch(source -> source.path("uid").asText().equals("${datasource}"));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void shouldExplainItselfWhenItIsAPanel(Dashboards.Dashboard dashboard) {
    Set<Integer> ids = new HashSet<>();
    Set<String> cells = new HashSet<>();
    assertThat(dashboard.panels())
        .isNotEmpty()
        .allSatisfy(
            panel -> {
              assertThat(panel.path("title").asText()).isNotBlank();
              assertThat(panel.path("description").asText()).endsWith(".");
              assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
              assertThat(panel.path("type").asText()).isIn("timeseries", "stat", "bargauge");
              assertThat(ids.add(panel.path("id").asInt())).isTrue();
              assertThat(panel.path("targets")).isNotEmpty();
              assertThat(Manifest.elements(panel.path("targets")))
                  .allSatisfy(
                      target -> {
                        assertThat(target.path("expr").asText()).contains("$namespace");
                        assertThat(target.path("legendFormat").asText()).isNotBlank();
                      });
              assertThat(takes(panel.path("gridPos"), cells)).as("room of its own").isTrue();
            });
  }

  private static boolean takes(JsonNode grid, Set<String> cells) {
    boolean free = grid.path("x").asInt() + grid.path("w").asInt() <= 24;
    for (int x = 0; x < grid.path("w").asInt(); x++) {
      for (int y = 0; y < grid.path("h").asInt(); y++) {
        String cell = (grid.path("x").asInt() + x) + "/" + (grid.path("y").asInt() + y);
        free &= cells.add(cell);
      }
    }
    return free;
  }

  @Test
  void shouldNameOnlyDocumentedMetricsWhenSomethingIsAsked() {
    List<Dashboards.Query> all = new java.util.ArrayList<>(Dashboards.queries());
    all.addAll(Dashboards.alerts());
    Set<String> documented = MetricsPage.documented();
    assertThat(all)
        .isNotEmpty()
        .allSatisfy(
            query ->
                assertThat(MetricsPage.metricsIn(query.expression()))
                    .as(query.place())
                    .allMatch(documented::contains));
  }

  @Test
  void shouldSayTheSameToTheOperatorAndToAPlainPrometheus() {
    JsonNode plain = Manifest.read(Dashboards.RULES).get(0).node().path("groups");
    JsonNode operator =
        Manifest.read(Checkout.K8S.resolve("components/monitoring/rules.yaml"))
            .get(0)
            .node()
            .at("/spec/groups");
    assertThat(operator).isEqualTo(plain);
  }

  @Test
  void shouldHaveARunbookWhenItIsAnAlertAndAnAlertWhenItIsARunbook() {
    Set<String> alerts = new HashSet<>();
    for (JsonNode rule : Manifest.read(Dashboards.RULES).get(0).node().at("/groups/0/rules")) {
      String alert = rule.path("alert").asText();
      alerts.add("docs/runbooks/" + alert + ".md");
      assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
      assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
      assertThat(rule.at("/annotations/description").asText()).isNotBlank();
      String runbook = rule.at("/annotations/runbook_url").asText();
      assertThat(runbook).isEqualTo("docs/runbooks/" + alert + ".md");
      assertThat(Checkout.read(runbook)).contains("# " + alert, "## Look", "## Do");
    }
    assertThat(Checkout.files(Checkout.ROOT.resolve("docs/runbooks"), ".md"))
        .extracting(file -> Checkout.ROOT.relativize(file).toString())
        .containsExactlyInAnyOrderElementsOf(alerts);
  }

  @Test
  void shouldFireAndBeSilentAsTestedWhenPromtoolIsInstalled() {
    assumeTrue(Programs.find("promtool").isPresent(), "skipped: promtool is not on the PATH");
    Programs.Result check =
        Programs.run(List.of("promtool", "check", "rules", Dashboards.RULES.toString()));
    assertThat(check.exitCode()).as(check.output()).isZero();
    Programs.Result test =
        Programs.run(
            List.of(
                "promtool",
                "test",
                "rules",
                Dashboards.RULES.resolveSibling("rules-test.yaml").toString()));
    assertThat(test.exitCode()).as(test.output()).isZero();
  }

  @Test
  void shouldTestEveryAlertBothWays() {
    String tests = Checkout.read("docker/prometheus/rules-test.yaml");
    for (Dashboards.Query alert : Dashboards.alerts()) {
      assertThat(tests).contains(alert.place() + " fires", alert.place() + " is silent");
    }
  }
}
