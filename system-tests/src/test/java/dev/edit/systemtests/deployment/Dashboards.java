package dev.edit.systemtests.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Grafana's dashboards and Prometheus' alerts, as files. */
final class Dashboards {
  static final Path FOLDER = Checkout.K8S.resolve("components/monitoring/dashboards");
  static final Path RULES = Checkout.ROOT.resolve("docker/prometheus/rules.yaml");

  private Dashboards() {}

  /** A dashboard's file and content. */
  record Dashboard(Path file, JsonNode node) {

    /** Its panels without the rows between them. */
    Stream<JsonNode> panels() {
      return Manifest.elements(node.path("panels"))
          .filter(panel -> !panel.path("type").asText().equals("row"));
    }
  }

  /** Something that Prometheus is asked: where it stands, and what is asked. */
  record Query(String place, String expression) {

    /** As Grafana would send it, for all namespaces and the last minutes. */
    String filledIn() {
      return expression
          .replace("$namespace", ".*")
          .replace("$__rate_interval", "1m")
          .replace("$__range", "10m");
    }
  }

  static List<Dashboard> all() {
    return Checkout.files(FOLDER, ".json").stream()
        .map(
            file -> {
              try {
                return new Dashboard(file, new ObjectMapper().readTree(file.toFile()));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toList();
  }

  /** What every panel asks. */
  static List<Query> queries() {
    return all().stream()
        .flatMap(
            dashboard ->
                dashboard
                    .panels()
                    .flatMap(
                        panel ->
                            Manifest.elements(panel.path("targets"))
                                .map(
                                    target ->
                                        new Query(
                                            "%s / %s / %s"
                                                .formatted(
                                                    dashboard.node().path("title").asText(),
                                                    panel.path("title").asText(),
                                                    target.path("legendFormat").asText()),
                                            target.path("expr").asText()))))
        .toList();
  }

  /** What every alert asks. */
  static List<Query> alerts() {
    return Manifest.elements(Manifest.read(RULES).get(0).node().at("/groups/0/rules"))
        .map(rule -> new Query(rule.path("alert").asText(), rule.path("expr").asText()))
        .toList();
  }
}
