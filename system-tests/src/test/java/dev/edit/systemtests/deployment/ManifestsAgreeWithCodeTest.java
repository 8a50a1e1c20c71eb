package dev.edit.systemtests.deployment;

import static dev.edit.systemtests.deployment.Manifest.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.edit.contracts.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Images, topics, environment, ports, groups and channels of the manifests are those of the code.
 */
class ManifestsAgreeWithCodeTest {
  /** The module behind each image. */
  private static final Map<String, String> MODULES =
      Map.of(
          "edit-generator", "generator-service",
          "edit-aligner", "aligner-service",
          "edit-trainer", "trainer-service",
          "edit-evaluator", "evaluator-service",
          "edit-simulated-teacher", "simulated-teacher",
          "edit-cli", "cli");

  private static final Set<String> OF_ALL_SERVICES = Set.of("KAFKA_BOOTSTRAP_SERVERS");

  /** Of the broker's image, not of its configuration. */
  private static final Set<String> OF_THE_KAFKA_IMAGE = Set.of("CLUSTER_ID", "KAFKA_HEAP_OPTS");

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldHaveAModuleWhenAnImageIsNamed(String overlay) {
    Set<String> images =
        rendered(overlay).stream()
            .filter(Manifest::isWorkload)
            .flatMap(Manifest::containers)
            .map(ManifestsAgreeWithCodeTest::image)
            .filter(image -> image.startsWith("edit-"))
            .collect(Collectors.toSet());
    assertThat(MODULES.keySet()).containsAll(images);
    assertThat(images)
        .contains("edit-generator", "edit-aligner", "edit-trainer", "edit-evaluator")
        .allSatisfy(
            image ->
                assertThat(Checkout.ROOT.resolve(MODULES.get(image)).resolve("pom.xml")).exists());
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldKnowTheKeyWhenAVariableIsSet(String overlay) {
    assertThat(rendered(overlay).stream().filter(Manifest::isWorkload))
        .allSatisfy(
            workload ->
                assertThat(workload.containers())
                    .filteredOn(container -> image(container).startsWith("edit-"))
                    .allSatisfy(
                        container -> {
                          Set<String> known = new HashSet<>(OF_ALL_SERVICES);
                          ConfigKeys.of(MODULES.get(image(container)))
                              .forEach(key -> known.add(key.variable()));
                          known.addAll(usedInArguments(container));
                          assertThat(known)
                              .as(workload + " " + container.path("name").asText())
                              .containsAll(variables(container));
                        }));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldSetTheVariableWhenAKeyHasNoDefault(String overlay) {
    for (Manifest workload : rendered(overlay)) {
      JsonNode container = workload.node().at("/spec/template/spec/containers/0");
      String image = image(container);
      if (workload.isWorkload() && MODULES.containsKey(image)) {
        assertThat(ConfigKeys.of(MODULES.get(image)))
            .as(workload.toString())
            .filteredOn(ConfigKeys.Key::required)
            .allSatisfy(key -> assertThat(variables(container)).contains(key.variable()));
      }
    }
  }

  @Test
  void shouldRunEveryServiceWhenOneIsConfigured() {
    for (String overlay : Checkout.OVERLAYS) {
      Set<String> modules =
          rendered(overlay).stream()
              .filter(Manifest::isWorkload)
              .flatMap(Manifest::containers)
              .map(container -> MODULES.getOrDefault(image(container), ""))
              .collect(Collectors.toSet());
      assertThat(Checkout.files(Checkout.ROOT, "-service/pom.xml"))
          .hasSize(4)
          .allSatisfy(
              pom -> assertThat(modules).contains(pom.getParent().getFileName().toString()));
    }
  }

  @Test
  void shouldDeclareEveryTopicWithCopiesAndPartitions() {
    Map<String, JsonNode> topics = topics();
    assertThat(topics)
        .containsOnlyKeys(Topics.ALL.stream().map(Topics.Topic::name).collect(Collectors.toSet()));
    for (Topics.Topic topic : Topics.ALL) {
      JsonNode spec = topics.get(topic.name());
      assertThat(spec.at("/config/cleanup.policy").asText())
          .isEqualTo(topic.retention().name().toLowerCase(Locale.ROOT));
      assertThat(spec.path("replicas").asInt()).isEqualTo(3);
      spec.path("config")
          .fieldNames()
          .forEachRemaining(name -> assertThat(LogConfig.configNames()).contains(name));
    }
  }

  @Test
  void shouldScaleByTheGroupsOfTheCodeUpToTheirPartitions() {
    Map<String, String> groups = generatorStages();
    groups.put("align", Topics.DUAL_COTS + " edit-aligner");
    assertThat(
            Checkout.read(
                "aligner-service/src/main/java/dev/edit/aligner/messaging/KafkaClients.java"))
        .contains("GROUP = \"edit-aligner\"");
    Map<String, String> triggers = new HashMap<>();
    for (Manifest scaled : rendered("production")) {
      if (scaled.is("ScaledObject")) {
        int most = scaled.node().at("/spec/maxReplicaCount").asInt();
        elements(scaled.node().at("/spec/triggers"))
            .forEach(
                trigger -> {
                  JsonNode metadata = trigger.path("metadata");
                  String topic = metadata.path("topic").asText();
                  triggers.put(
                      trigger.path("name").asText(),
                      topic + " " + metadata.path("consumerGroup").asText());
                  assertThat(topics().get(topic).path("partitions").asInt())
                      .isGreaterThanOrEqualTo(most);
                });
      }
    }
    assertThat(triggers).isEqualTo(groups);
  }

  /** Topic and group of each of the generator's stages, as its wiring says. */
  private static Map<String, String> generatorStages() {
    Map<String, String> names =
        constants("generator-service/src/main/java/dev/edit/generator/messaging/Channels.java");
    Map<String, String> topics =
        constants("contracts/src/main/java/dev/edit/contracts/Topics.java");
    Map<String, String> stages = new HashMap<>();
    Pattern.compile("\\.with\\(\\s*Channels\\.([A-Z_]+),\\s*Topics\\.([A-Z_]+)")
        .matcher(
            Checkout.read(
                "generator-service/src/main/java/dev/edit/generator/config/GeneratorBeans.java"))
        .results()
        .forEach(
            stage -> {
              String name = names.get(stage.group(1));
              stages.put(name, topics.get(stage.group(2)) + " edit-generator-" + name);
            });
    assertThat(
            Checkout.read(
                "generator-service/src/main/java/dev/edit/generator/messaging/StageLoops.java"))
        .contains("return \"edit-generator-\" + stage;");
    return stages;
  }

  private static Map<String, String> constants(String file) {
    return Pattern.compile("String ([A-Z_]+) = \"([^\"]+)\"")
        .matcher(Checkout.read(file))
        .results()
        .collect(Collectors.toMap(constant -> constant.group(1), constant -> constant.group(2)));
  }

  @Test
  void shouldOutliveTheLongestTeacherCallWhenAGeneratorIsScaledDown() {
    Duration longestCall =
        ConfigKeys.of("generator-service").stream()
            .filter(key -> key.name().equals("edit.generator.teacher.timeout"))
            .map(key -> Duration.parse(key.defaultValue().orElseThrow()))
            .findFirst()
            .orElseThrow();
    List<Manifest> production = rendered("production");
    Duration waits =
        elements(
                manifest(production, "StatefulSet", "generator")
                    .node()
                    .at("/spec/template/spec/containers/0/env"))
            .filter(variable -> variable.path("name").asText().equals("EDIT_GENERATOR_GRACE"))
            .map(variable -> Duration.parse("PT" + variable.path("value").asText()))
            .findFirst()
            .orElseThrow();
    int grace =
        manifest(production, "StatefulSet", "generator")
            .podTemplate()
            .at("/spec/terminationGracePeriodSeconds")
            .asInt();
    assertThat(waits).isGreaterThan(longestCall);
    assertThat(Duration.ofSeconds(grace)).isGreaterThan(waits);
    assertThat(
            manifest(production, "ScaledObject", "generator")
                .node()
                .at("/spec/advanced/horizontalPodAutoscalerConfig/behavior/scaleDown/policies/0")
                .path("periodSeconds")
                .asInt())
        .isGreaterThanOrEqualTo(grace);
  }

  @Test
  void shouldGiveJobsAnImageAQueueAndVolumesThatAreThere() {
    List<Manifest> production = rendered("production");
    Map<String, String> dispatcher =
        elements(
                manifest(production, "Deployment", "dispatcher")
                    .node()
                    .at("/spec/template/spec/containers/0/env"))
            .filter(variable -> variable.has("value"))
            .collect(
                Collectors.toMap(
                    variable -> variable.path("name").asText(),
                    variable -> variable.path("value").asText()));
    String image = dispatcher.get("EDIT_TRAINER_KUBERNETES_IMAGE");
    assertThat(image).endsWith("-cuda");
    assertThat(Checkout.read("docker/build.sh"))
        .contains("tag=" + image.replaceFirst(".*:(.*)-cuda$", "$1"))
        .contains(image.replaceFirst(":.*", "") + ":$tag-cuda");
    assertThat(names(production, "LocalQueue"))
        .contains(dispatcher.get("EDIT_TRAINER_KUBERNETES_QUEUE_NAME"));
    assertThat(names(production, "ServiceAccount"))
        .contains(dispatcher.get("EDIT_TRAINER_KUBERNETES_SERVICE_ACCOUNT"));
    assertThat(dispatcher.get("EDIT_TRAINER_KUBERNETES_CLAIMS").split(","))
        .allSatisfy(
            claim ->
                assertThat(names(production, "PersistentVolumeClaim"))
                    .contains(claim.split(":")[0]));
  }

  private static Set<String> names(List<Manifest> all, String kind) {
    return all.stream()
        .filter(manifest -> manifest.is(kind))
        .map(Manifest::name)
        .collect(Collectors.toSet());
  }

  @Test
  void shouldNameSettingsOfKafkaWhenABrokerIsConfigured() {
    Set<String> known = AbstractKafkaConfig.CONFIG_DEF.names();
    JsonNode local =
        manifest(rendered("local"), "StatefulSet", "kafka")
            .node()
            .at("/spec/template/spec/containers/0");
    assertThat(variables(local))
        .filteredOn(variable -> !OF_THE_KAFKA_IMAGE.contains(variable))
        .isNotEmpty()
        .allSatisfy(
            variable ->
                assertThat(known)
                    .contains(
                        variable
                            .substring("KAFKA_".length())
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '.')));
    assertThat(
            manifest(rendered("production"), "Kafka", "edit")
                .node()
                .at("/spec/kafka/config")
                .fieldNames())
        .toIterable()
        .isNotEmpty()
        .allMatch(known::contains);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldMountAVolumeWhereAFolderIsConfigured(String overlay) {
    Map<String, String> settings = settings(overlay);
    assertThat(rendered(overlay).stream().filter(Manifest::isWorkload))
        .allSatisfy(
            workload ->
                assertThat(workload.containers())
                    .allSatisfy(
                        container ->
                            assertThat(
                                    elements(container.path("env"))
                                        .map(variable -> value(variable, settings))
                                        .filter(value -> value.startsWith("/var/lib/edit")))
                                .allMatch(folder -> isMounted(container, folder))));
  }

  private static boolean isMounted(JsonNode container, String folder) {
    return elements(container.path("volumeMounts"))
        .map(mount -> mount.path("mountPath").asText())
        .anyMatch(mount -> folder.equals(mount) || folder.startsWith(mount + "/"));
  }

  private static String value(JsonNode variable, Map<String, String> settings) {
    JsonNode ref = variable.at("/valueFrom/configMapKeyRef/key");
    return ref.isMissingNode()
        ? variable.path("value").asText()
        : settings.getOrDefault(ref.asText(), "");
  }

  private static Map<String, String> settings(String overlay) {
    JsonNode data = manifest(rendered(overlay), "ConfigMap", "edit-settings").node().path("data");
    return data.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asText()));
  }

  private static Set<String> usedInArguments(JsonNode container) {
    Matcher matcher =
        Pattern.compile("\\$\\(([A-Z_]+)\\)").matcher(container.path("args").toString());
    return matcher.results().map(result -> result.group(1)).collect(Collectors.toSet());
  }

  private static Set<String> variables(JsonNode container) {
    return elements(container.path("env"))
        .map(variable -> variable.path("name").asText())
        .collect(Collectors.toSet());
  }

  private static String image(JsonNode container) {
    return container.path("image").asText().replaceFirst(":[^:/]*$", "");
  }

  private static Map<String, JsonNode> topics() {
    return Manifest.read(Checkout.overlay("production").resolve("topics.yaml")).stream()
        .collect(Collectors.toMap(Manifest::name, topic -> topic.node().path("spec")));
  }

  private static Manifest manifest(List<Manifest> all, String kind, String name) {
    return all.stream()
        .filter(manifest -> manifest.is(kind) && manifest.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Manifest> rendered(String overlay) {
    return Kubectl.kustomize(Checkout.overlay(overlay));
  }
}
