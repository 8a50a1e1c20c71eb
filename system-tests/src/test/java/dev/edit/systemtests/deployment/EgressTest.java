package dev.edit.systemtests.deployment;

import static dev.edit.systemtests.deployment.Manifest.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let out of the namespace, with and without what the production overlay offers. */
class EgressTest {
  private static final List<String> PODS =
      List.of("generator", "aligner", "dispatcher", "trainer", "evaluator");
  private static final String METADATA = "169.254.0.0/16";

  @Test
  void shouldLetOnlyTheGeneratorOutWhenNothingIsTakenIn() {
    List<Manifest> production = Kubectl.kustomize(Checkout.overlay("production"));

    assertThat(PODS).filteredOn(pod -> reachesOutside(production, pod)).containsOnly("generator");
  }

  @Test
  void shouldLetWorkersAndEvaluatorOutWhenThereIsAStore(@TempDir Path folder) throws IOException {
    List<Manifest> rendered = with("s3-store", folder);

    assertThat(PODS)
        .filteredOn(pod -> reachesOutside(rendered, pod))
        .containsOnly("generator", "trainer", "evaluator");
  }

  @Test
  void shouldLetTheEvaluatorOutWhenStudentsAnswerAtAnEndpoint(@TempDir Path folder)
      throws IOException {
    List<Manifest> rendered = with("student-endpoint", folder);

    assertThat(PODS)
        .filteredOn(pod -> reachesOutside(rendered, pod))
        .containsOnly("generator", "evaluator");
    assertThat(policies(rendered, "trainer").toList().toString()).doesNotContain("serves-student");
    assertThat(policies(rendered, "evaluator").map(policy -> policy.node().toString()))
        .anyMatch(policy -> policy.contains("\"edit.dev/serves-student\":\"true\""));
  }

  @Test
  void shouldExceptTheMetadataServiceWhenAPodIsLetOutToAnywhere(@TempDir Path folder)
      throws IOException {
    List<JsonNode> blocks =
        Stream.of("s3-store", "student-endpoint")
            .flatMap(component -> render(component, folder).stream())
            .filter(manifest -> manifest.is("NetworkPolicy"))
            .flatMap(policy -> policy.node().findValues("ipBlock").stream())
            .toList();

    assertThat(blocks)
        .isNotEmpty()
        .allSatisfy(
            block ->
                assertThat(block.path("except")).extracting(JsonNode::asText).contains(METADATA));
  }

  private static boolean reachesOutside(List<Manifest> all, String pod) {
    return policies(all, pod)
        .flatMap(policy -> elements(policy.node().at("/spec/egress")))
        .filter(rule -> !rule.findValues("ipBlock").isEmpty())
        .anyMatch(rule -> rule.at("/ports/0/port").asInt() == 443);
  }

  /** The policies that take a pod of a name; a dispatcher's Job is a pod of the name trainer. */
  private static Stream<Manifest> policies(List<Manifest> all, String pod) {
    JsonNode labels = JsonNodeFactory.instance.objectNode().put("app.kubernetes.io/name", pod);
    return all.stream()
        .filter(manifest -> manifest.is("NetworkPolicy"))
        .filter(policy -> Manifest.selects(policy.node().at("/spec/podSelector"), labels));
  }

  private static List<Manifest> with(String component, Path folder) throws IOException {
    return render(component, Files.createDirectories(folder.resolve(component)));
  }

  /** The production overlay as whoever takes a component in has it. */
  private static List<Manifest> render(String component, Path folder) {
    Path real;
    try {
      real = folder.toRealPath();
      Files.writeString(
          real.resolve(Kustomization.FILE),
          """
          apiVersion: kustomize.config.k8s.io/v1beta1
          kind: Kustomization
          namespace: edit
          resources: [%s]
          components: [%s]
          """
              .formatted(
                  real.relativize(Checkout.overlay("production").toRealPath()),
                  real.relativize(Checkout.K8S.resolve("components/" + component).toRealPath())));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return Kubectl.kustomize(real);
  }
}
