package dev.edit.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every manifest is valid by the strict schema of its kind, in its file and as rendered. */
class ManifestSchemaTest {

  static Stream<Path> resources() {
    return Stream.concat(
            Checkout.files(Checkout.K8S, Kustomization.FILE).stream()
                .flatMap(file -> Kustomization.in(file.getParent()).resources().stream()),
            Checkout.files(Checkout.EXAMPLES, ".yaml").stream())
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("resources")
  void shouldBeValidWhenItsApiReadsIt(Path file) {
    assertThat(Manifest.read(file)).isNotEmpty().allSatisfy(ManifestSchemaTest::assertValid);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldBeValidWhenAnOverlayIsRendered(String overlay) {
    assertThat(Kubectl.kustomize(Checkout.overlay(overlay)))
        .hasSizeGreaterThan(20)
        .allSatisfy(ManifestSchemaTest::assertValid);
  }

  @Test
  void shouldOnlyHaveFieldsOfAJobWhenItIsLaidOverOne() {
    Manifest template =
        Manifest.read(Checkout.overlay("production").resolve("job-template.yaml")).get(0);
    ((ObjectNode) template.node()).put("apiVersion", "batch/v1").put("kind", "Job");
    assertValid(template);
  }

  static Stream<String> kinds() {
    return Stream.of(
        "base/generator.yaml",
        "base/network-policies.yaml",
        "overlays/production/kafka.yaml",
        "overlays/production/topics.yaml",
        "components/keda/generator.yaml",
        "components/kueue/queues.yaml",
        "components/monitoring/pod-monitors.yaml");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldRefuseWhenASpecHasAnUnknownField(String file) {
    for (Manifest manifest : Manifest.read(Checkout.K8S.resolve(file))) {
      ((ObjectNode) manifest.node().path("spec")).put("replicaz", 3);
      assertThat(StrictSchemas.fault(manifest)).as(manifest.toString()).isPresent();
    }
  }

  @Test
  void shouldRefuseWhenATypeIsWrongOrAFieldIsMissing() {
    List<String> wrong =
        List.of(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {}}}",
            "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: web}}",
            "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: a}, spec:"
                + " {scaleTargetRef: {name: a}, triggers: [{type: kafka, metadata: {lag: 5}}]}}",
            "{apiVersion: kafka.strimzi.io/v1, kind: KafkaTopic, metadata: {name: a}, spec:"
                + " {partitions: many}}",
            "{apiVersion: kafka.strimzi.io/v1beta2, kind: KafkaTopic, metadata: {name: a}}",
            "{apiVersion: edit.dev/v1alpha1, kind: DistillationRun, metadata: {name: a}, spec:"
                + " {recipe: edit, student: b, pre: paper}}",
            "{apiVersion: edit.dev/v1alpha1, kind: DistillationRun, metadata: {name: a}, spec:"
                + " {recipe: edits, student: b, preset: paper}}",
            "{apiVersion: v7, kind: Service, metadata: {name: a}}");
    for (String text : wrong) {
      Manifest manifest = Manifest.parse("test", text).get(0);
      assertThat(StrictSchemas.fault(manifest)).as(text).isPresent();
    }
  }

  private static void assertValid(Manifest manifest) {
    assertThat(StrictSchemas.fault(manifest)).as(manifest.toString()).isEmpty();
  }
}
