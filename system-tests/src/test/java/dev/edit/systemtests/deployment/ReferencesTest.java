package dev.edit.systemtests.deployment;

import static dev.edit.systemtests.deployment.Manifest.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rendered manifest names, another one of the same overlay declares. */
class ReferencesTest {
  /** The Secret that people make themselves: it holds the teacher's key. */
  private static final Set<String> SECRETS_OF_USERS = Set.of("edit-teacher");

  /** Kinds without a namespace. */
  private static final Set<String> CLUSTER_WIDE =
      Set.of(
          "Namespace",
          "ClusterQueue",
          "ResourceFlavor",
          "CustomResourceDefinition",
          "ClusterRole",
          "ClusterRoleBinding");

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldLieInOneNamespaceWhenAKindHasOne(String overlay) {
    assertThat(rendered(overlay))
        .filteredOn(manifest -> !CLUSTER_WIDE.contains(manifest.kind()))
        .allSatisfy(
            manifest ->
                assertThat(manifest.node().at("/metadata/namespace").asText())
                    .as(manifest.toString())
                    .isEqualTo("edit"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldCarryTheCommonLabelsWhenItIsApplied(String overlay) {
    assertThat(rendered(overlay))
        .allSatisfy(
            manifest -> {
              JsonNode labels = manifest.node().at("/metadata/labels");
              for (String label : List.of("part-of", "instance", "managed-by")) {
                assertThat(labels.has("app.kubernetes.io/" + label))
                    .as(manifest.toString())
                    .isTrue();
              }
              if (manifest.isWorkload()) {
                JsonNode podLabels = manifest.podTemplate().at("/metadata/labels");
                for (String label : List.of("name", "component", "part-of")) {
                  assertThat(podLabels.has("app.kubernetes.io/" + label))
                      .as(manifest.toString())
                      .isTrue();
                }
              }
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldFindConfigMapsSecretsVolumesAndAccountsWhenAPodNamesThem(String overlay) {
    List<Manifest> all = rendered(overlay);
    assertThat(all.stream().filter(Manifest::isWorkload))
        .allSatisfy(
            workload -> {
              JsonNode pod = workload.podTemplate().path("spec");
              pod.findParents("configMapKeyRef")
                  .forEach(source -> assertKey(all, source.path("configMapKeyRef")));
              pod.findValues("secretKeyRef")
                  .forEach(ref -> assertThat(SECRETS_OF_USERS).contains(ref.path("name").asText()));
              pod.findValues("claimName")
                  .forEach(
                      claim ->
                          assertThat(names(all, "PersistentVolumeClaim")).contains(claim.asText()));
              if (pod.has("serviceAccountName")) {
                assertThat(names(all, "ServiceAccount"))
                    .contains(pod.path("serviceAccountName").asText());
              }
              Set<String> volumes = volumes(workload);
              pod.findValues("volumeMounts")
                  .forEach(
                      mounts ->
                          assertThat(elements(mounts))
                              .allMatch(mount -> volumes.contains(mount.path("name").asText())));
            });
  }

  private static void assertKey(List<Manifest> all, JsonNode ref) {
    assertThat(all)
        .filteredOn(manifest -> manifest.is("ConfigMap"))
        .as("ConfigMap with " + ref)
        .anyMatch(
            map ->
                map.name().equals(ref.path("name").asText())
                    && map.node().path("data").has(ref.path("key").asText()));
  }

  private static Set<String> volumes(Manifest workload) {
    return Stream.concat(
            elements(workload.podTemplate().at("/spec/volumes"))
                .map(volume -> volume.path("name").asText()),
            elements(workload.node().at("/spec/volumeClaimTemplates"))
                .map(claim -> claim.at("/metadata/name").asText()))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldTakeItsPodsWhenASelectorIsSet(String overlay) {
    List<Manifest> all = rendered(overlay);
    assertThat(all)
        .filteredOn(
            manifest ->
                Set.of("Service", "PodDisruptionBudget", "PodMonitor").contains(manifest.kind()))
        .isNotEmpty()
        .allSatisfy(
            manifest -> {
              JsonNode selector = manifest.node().at("/spec/selector");
              assertThat(
                      pods(all, manifest.is("Service") ? Manifest.matchLabels(selector) : selector))
                  .as(manifest.toString())
                  .isNotEmpty();
            });
    assertThat(all.stream().filter(manifest -> manifest.isWorkload() && !manifest.is("Job")))
        .allSatisfy(
            workload ->
                assertThat(
                        Manifest.selects(
                            workload.node().at("/spec/selector"),
                            workload.podTemplate().at("/metadata/labels")))
                    .isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldNameAPortThatAPodOpensWhenSomethingConnects(String overlay) {
    List<Manifest> all = rendered(overlay);
    assertThat(all)
        .filteredOn(manifest -> manifest.is("Service"))
        .allSatisfy(
            service ->
                assertThat(elements(service.node().at("/spec/ports")))
                    .allSatisfy(
                        port ->
                            assertThat(
                                    pods(
                                        all,
                                        Manifest.matchLabels(service.node().at("/spec/selector"))))
                                .allMatch(pod -> opens(pod, port.path("targetPort").asText()))));
    assertThat(all)
        .filteredOn(manifest -> manifest.is("PodMonitor"))
        .allSatisfy(
            monitor ->
                assertThat(pods(all, monitor.node().at("/spec/selector")))
                    .allMatch(
                        pod ->
                            opens(
                                pod,
                                monitor.node().at("/spec/podMetricsEndpoints/0/port").asText())));
    assertThat(all)
        .filteredOn(
            policy -> policy.is("NetworkPolicy") && policy.node().at("/spec").has("ingress"))
        .allSatisfy(
            policy ->
                assertThat(policy.node().at("/spec/ingress").findValues("port"))
                    .allSatisfy(
                        port ->
                            assertThat(pods(all, policy.node().at("/spec/podSelector")))
                                .as(policy + " " + port)
                                .allMatch(pod -> opens(pod, port.asText()))));
  }

  private static boolean opens(Manifest workload, String port) {
    return elements(workload.node().at("/spec/template/spec/containers"))
        .flatMap(container -> elements(container.path("ports")))
        .anyMatch(
            open ->
                open.path("name").asText().equals(port)
                    || open.path("containerPort").asText().equals(port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldLetNothingInOrOutWhenNoPolicySaysSo(String overlay) {
    List<Manifest> all = rendered(overlay);
    assertThat(all)
        .filteredOn(manifest -> manifest.is("NetworkPolicy"))
        .filteredOn(policy -> policy.name().equals("default-deny"))
        .singleElement()
        .satisfies(
            policy -> {
              assertThat(policy.node().at("/spec/podSelector").isEmpty()).isTrue();
              assertThat(policy.node().at("/spec/policyTypes")).hasSize(2);
            });
    // Whoever has Kafka's address is let out to it.
    assertThat(all.stream().filter(Manifest::isWorkload))
        .allSatisfy(
            workload ->
                assertThat(
                        workload
                            .podTemplate()
                            .at("/metadata/labels")
                            .path("edit.dev/uses-kafka")
                            .asText())
                    .as(workload.toString())
                    .isEqualTo(
                        workload.podTemplate().toString().contains("\"KAFKA_BOOTSTRAP_SERVERS\"")
                            ? "true"
                            : ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldOnlyCreateJobsWhenItIsTheDispatcher(String overlay) {
    List<Manifest> all = rendered(overlay);
    assertThat(all).noneMatch(manifest -> manifest.is("ClusterRoleBinding"));
    assertThat(all)
        .filteredOn(manifest -> manifest.is("RoleBinding"))
        .allSatisfy(
            binding ->
                assertThat(elements(binding.node().path("subjects")))
                    .allMatch(subject -> subject.path("name").asText().equals("dispatcher")));
    assertThat(all)
        .filteredOn(manifest -> manifest.is("Role"))
        .allSatisfy(
            role ->
                assertThat(role.node().path("rules").toString())
                    .doesNotContain("\"*\"")
                    .doesNotContain("secrets"));
  }

  private static List<Manifest> pods(List<Manifest> all, JsonNode selector) {
    return all.stream()
        .filter(Manifest::isWorkload)
        .filter(
            workload -> Manifest.selects(selector, workload.podTemplate().at("/metadata/labels")))
        .toList();
  }

  private static Set<String> names(List<Manifest> all, String kind) {
    return all.stream()
        .filter(manifest -> manifest.is(kind))
        .map(Manifest::name)
        .collect(Collectors.toSet());
  }

  private static List<Manifest> rendered(String overlay) {
    return Kubectl.kustomize(Checkout.overlay(overlay));
  }
}
