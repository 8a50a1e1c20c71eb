package dev.edit.systemtests.deployment;

import static dev.edit.systemtests.deployment.Manifest.elements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** {@code compose.yaml} names only what is there: stages, arguments, keys, volumes, files. */
class ComposeTest {
  private static final Path FOLDER = Checkout.ROOT.resolve("docker");
  // SnakeYAML itself: Jackson does not merge what "<<" names.
  private static final JsonNode COMPOSE =
      new ObjectMapper().valueToTree(new Yaml().load(Checkout.read("docker/compose.yaml")));
  private static final Dockerfile DOCKERFILE = Dockerfile.parse(Checkout.read("docker/Dockerfile"));

  @Test
  void shouldNameStagesArgumentsAndModulesWhenItBuilds() {
    Set<String> built = new HashSet<>();
    services()
        .filter(service -> service.getValue().has("build"))
        .forEach(
            service -> {
              JsonNode build = service.getValue().path("build");
              assertThat(FOLDER.resolve(build.path("context").asText()).normalize())
                  .isEqualTo(Checkout.ROOT);
              assertThat(Checkout.ROOT.resolve(build.path("dockerfile").asText())).exists();
              assertThat(DOCKERFILE.stages())
                  .extracting(Dockerfile.Stage::name)
                  .contains(build.path("target").asText());
              build
                  .path("args")
                  .fieldNames()
                  .forEachRemaining(name -> assertThat(DOCKERFILE.takes(name)).as(name).isTrue());
              assertThat(Checkout.ROOT.resolve(build.at("/args/MODULE").asText())).isDirectory();
              built.add(service.getValue().path("image").asText());
            });
    String script = Checkout.read("docker/build.sh");
    assertThat(built)
        .hasSize(6)
        .allSatisfy(
            image ->
                assertThat(script)
                    .contains("\n" + image.replaceFirst(":.*", "") + " ")
                    .contains("tag=" + image.replaceFirst(".*:", "")));
  }

  @Test
  void shouldKnowTheKeyWhenAVariableIsSet() {
    services()
        .filter(service -> service.getValue().has("build"))
        .forEach(
            service -> {
              Set<String> known = new HashSet<>(Set.of("KAFKA_BOOTSTRAP_SERVERS"));
              List<ConfigKeys.Key> keys =
                  ConfigKeys.of(service.getValue().at("/build/args/MODULE").asText());
              keys.forEach(key -> known.add(key.variable()));
              Set<String> set = names(service.getValue().path("environment"));
              assertThat(known).as(service.getKey()).containsAll(set);
              assertThat(keys)
                  .filteredOn(ConfigKeys.Key::required)
                  .allSatisfy(key -> assertThat(set).contains(key.variable()));
            });
  }

  @Test
  void shouldNameSettingsOfKafkaWhenTheBrokerIsConfigured() {
    Set<String> names = names(COMPOSE.at("/services/kafka/environment"));
    names.removeAll(Set.of("CLUSTER_ID", "KAFKA_HEAP_OPTS"));
    assertThat(names)
        .allSatisfy(
            name ->
                assertThat(AbstractKafkaConfig.CONFIG_DEF.names())
                    .contains(
                        name.substring("KAFKA_".length())
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '.')));
  }

  @Test
  void shouldFindVolumesFilesAndServicesWhenTheyAreNamed() {
    Set<String> volumes = names(COMPOSE.path("volumes"));
    Set<String> used = new HashSet<>();
    services()
        .forEach(
            service -> {
              elements(service.getValue().path("volumes"))
                  .map(volume -> volume.asText().split(":")[0])
                  .forEach(
                      source -> {
                        if (source.startsWith(".")) {
                          assertThat(FOLDER.resolve(source).normalize()).exists();
                        } else if (!source.startsWith("/")) {
                          used.add(source);
                        }
                      });
              JsonNode dependencies = service.getValue().path("depends_on");
              Set<String> others = names(dependencies);
              elements(dependencies)
                  .filter(JsonNode::isTextual)
                  .forEach(o -> others.add(o.asText()));
              assertThat(names(COMPOSE.path("services"))).containsAll(others);
            });
    assertThat(used).isEqualTo(volumes);
  }

  @Test
  void shouldRunWithoutRightsOnAReadOnlyRootWhenItIsOurs() {
    services()
        .filter(service -> !service.getKey().equals("kafka"))
        .forEach(
            service -> {
              JsonNode hardened = service.getValue();
              assertThat(hardened.path("read_only").asBoolean()).as(service.getKey()).isTrue();
              assertThat(hardened.at("/cap_drop/0").asText()).isEqualTo("ALL");
            });
  }

  @Test
  void shouldEndAtOnceAndComeBackByItselfWhenItRunsOn() {
    Set<String> once = Set.of("setup", "cli");
    services()
        .filter(service -> !once.contains(service.getKey()))
        .forEach(
            service -> {
              JsonNode node = service.getValue();
              assertThat(node.path("restart").asText())
                  .as(service.getKey())
                  .isEqualTo("unless-stopped");
              boolean java = node.has("build") || service.getKey().equals("kafka");
              assertThat(node.path("init").asBoolean()).as(service.getKey()).isEqualTo(java);
            });
  }

  @Test
  void shouldSayHowItIsAsTheImageDoesWhenItIsAService() {
    String image = DOCKERFILE.stage("service").all("HEALTHCHECK").get(0);
    services()
        .filter(service -> service.getValue().at("/build/target").asText().equals("service"))
        .forEach(
            service -> {
              JsonNode check = service.getValue().path("healthcheck");
              assertThat(image)
                  .as(service.getKey())
                  .contains("--interval=" + check.path("interval").asText())
                  .contains("--timeout=" + check.path("timeout").asText())
                  .contains("--start-period=" + check.path("start_period").asText())
                  .contains("--retries=" + check.path("retries").asText())
                  .endsWith("CMD [\"" + check.at("/test/1").asText() + "\"]");
            });
  }

  @Test
  void shouldLeaveNothingBehindWhenContainersAreMadeAnew() {
    services()
        .forEach(
            service ->
                assertThat(elements(service.getValue().path("volumes")).map(JsonNode::asText))
                    .as(service.getKey())
                    .allMatch(volume -> volume.matches("[a-z.][^:]*:/[^:]+(:ro(,z)?)?")));
  }

  @Test
  void shouldFixTheTagWhenAnImageIsOthers() {
    services()
        .filter(service -> !service.getValue().has("build"))
        .map(service -> service.getValue().path("image").asText())
        .forEach(image -> assertThat(image).matches(".+:v?[0-9]+\\.[0-9]+\\.[0-9]+"));
  }

  @Test
  void shouldScrapeEveryServiceAtItsPort() {
    JsonNode config = Manifest.read(FOLDER.resolve("prometheus/prometheus.yaml")).get(0).node();
    Set<String> targets =
        elements(config.at("/scrape_configs/0/static_configs/0/targets"))
            .map(JsonNode::asText)
            .collect(Collectors.toSet());
    Set<String> ours =
        services()
            .filter(service -> service.getValue().at("/build/target").asText().equals("service"))
            .map(service -> service.getKey() + ":8080")
            .collect(Collectors.toSet());
    assertThat(targets).isEqualTo(ours);
    assertThat(config.at("/scrape_configs/0/metrics_path").asText()).isEqualTo("/q/metrics");
    assertThat(config.at("/scrape_configs/0/static_configs/0/labels/namespace").asText())
        .isEqualTo("edit");
  }

  @Test
  void shouldBeTakenByPrometheusWhenPromtoolIsInstalled() {
    assumeTrue(Programs.find("promtool").isPresent(), "skipped: promtool is not on the PATH");
    Programs.Result result =
        Programs.run(
            List.of(
                "promtool",
                "check",
                "config",
                FOLDER.resolve("prometheus/prometheus.yaml").toString()));
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  private static java.util.stream.Stream<Map.Entry<String, JsonNode>> services() {
    return COMPOSE.path("services").properties().stream();
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
