package dev.edit.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every pod keeps the Pod Security Standard {@code restricted}, which the namespace enforces, and
 * what one expects of a pod besides.
 */
class PodSecurityTest {
  private static final Set<String> RESTRICTED_VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "projected",
          "secret",
          "persistentVolumeClaim");

  /** Its image writes its configuration beside its program. */
  private static final String WRITES_ITS_ROOT = "kafka";

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldEnforceRestrictedWhenTheNamespaceIsMade(String overlay) {
    assertThat(Kubectl.kustomize(Checkout.overlay(overlay)))
        .filteredOn(manifest -> manifest.is("Namespace"))
        .singleElement()
        .satisfies(
            namespace ->
                assertThat(
                        namespace
                            .node()
                            .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                            .asText())
                    .isEqualTo("restricted"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldBeRestrictedWhenItIsAPod(String overlay) {
    assertThat(workloads(overlay)).isNotEmpty().allSatisfy(PodSecurityTest::assertRestricted);
  }

  private static void assertRestricted(Manifest workload) {
    JsonNode pod = workload.podTemplate().path("spec");
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    for (String shared : List.of("hostNetwork", "hostPID", "hostIPC", "hostUsers")) {
      assertThat(pod.has(shared)).as(shared).isFalse();
    }
    assertThat(Manifest.elements(pod.path("volumes")))
        .allSatisfy(
            volume ->
                volume
                    .fieldNames()
                    .forEachRemaining(
                        field ->
                            assertThat(field.equals("name") || RESTRICTED_VOLUMES.contains(field))
                                .as(field)
                                .isTrue()));
    assertThat(workload.containers())
        .allSatisfy(
            container -> {
              JsonNode context = container.path("securityContext");
              assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
              assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
              assertThat(context.at("/capabilities/add").isMissingNode()).isTrue();
              assertThat(context.has("privileged")).isFalse();
              assertThat(Manifest.elements(container.path("ports")))
                  .noneMatch(port -> port.has("hostPort"));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldHaveAReadOnlyRootWhenItIsOurs(String overlay) {
    assertThat(workloads(overlay).filter(workload -> !workload.name().equals(WRITES_ITS_ROOT)))
        .allSatisfy(
            workload ->
                assertThat(workload.containers())
                    .allMatch(
                        container ->
                            container.at("/securityContext/readOnlyRootFilesystem").asBoolean()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldSayWhatItNeedsWhenItIsAContainer(String overlay) {
    assertThat(workloads(overlay))
        .allSatisfy(
            workload ->
                assertThat(workload.containers())
                    .allSatisfy(
                        container -> {
                          JsonNode resources = container.path("resources");
                          assertThat(resources.at("/requests/cpu").isTextual()).isTrue();
                          assertThat(resources.at("/requests/memory").isTextual()).isTrue();
                          assertThat(resources.at("/limits/memory").isTextual()).isTrue();
                          assertThat(container.path("image").asText()).matches(".+:[0-9][^:]*");
                        }));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldBeProbedWhenItRunsForLong(String overlay) {
    assertThat(workloads(overlay).filter(workload -> !workload.is("Job") && !workload.is("Pod")))
        .allSatisfy(
            workload -> {
              JsonNode container = workload.node().at("/spec/template/spec/containers/0");
              for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                JsonNode action = container.path(probe);
                String port =
                    action.at("/httpGet/port").asText() + action.at("/tcpSocket/port").asText();
                assertThat(Manifest.elements(container.path("ports")))
                    .as(workload + " " + probe)
                    .anyMatch(declared -> declared.path("name").asText().equals(port));
              }
              assertThat(workload.podTemplate().at("/spec/terminationGracePeriodSeconds").isInt())
                  .isTrue();
            });
  }

  /** A pod that is deleted while Java starts would otherwise stay for its whole grace period. */
  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldHearASignalFromTheStartWhenItRunsForLong(String overlay) {
    assertThat(
            workloads(overlay)
                .filter(workload -> workload.is("Deployment") || workload.is("StatefulSet"))
                .filter(workload -> !workload.name().equals(WRITES_ITS_ROOT)))
        .isNotEmpty()
        .allMatch(workload -> workload.podTemplate().at("/spec/shareProcessNamespace").asBoolean());
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldOnlyHoldATokenWhenItIsTheDispatcher(String overlay) {
    assertThat(workloads(overlay))
        .allSatisfy(
            workload ->
                assertThat(
                        workload
                            .podTemplate()
                            .at("/spec/automountServiceAccountToken")
                            .asBoolean(true))
                    .isEqualTo(workload.name().equals("dispatcher")));
  }

  private static Stream<Manifest> workloads(String overlay) {
    return Stream.concat(
            Kubectl.kustomize(Checkout.overlay(overlay)).stream(),
            Checkout.files(Checkout.EXAMPLES, ".yaml").stream()
                .flatMap(file -> Manifest.read(file).stream()))
        .filter(Manifest::isWorkload);
  }
}
