package dev.edit.systemtests.deployment;

import static dev.edit.systemtests.deployment.Manifest.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The evaluator's volume for copies of what lies in S3 holds as much as the evaluator keeps. */
class CopiesFitTest {
  private static final String SIZE = "edit.evaluator.copies-size";

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void shouldHoldTheCopiesThatAreKeptAndAsMuchInUse(String overlay) {
    JsonNode pod =
        Kubectl.kustomize(Checkout.overlay(overlay)).stream()
            .filter(manifest -> manifest.is("Deployment") && manifest.name().equals("evaluator"))
            .map(manifest -> manifest.podTemplate().path("spec"))
            .findFirst()
            .orElseThrow();
    String folder = named(pod.at("/containers/0/env"), "EDIT_EVALUATOR_COPIES");
    String volume =
        elements(pod.at("/containers/0/volumeMounts"))
            .filter(mount -> mount.path("mountPath").asText().equals(folder))
            .map(mount -> mount.path("name").asText())
            .findFirst()
            .orElseThrow();
    BigDecimal limit =
        elements(pod.path("volumes"))
            .filter(one -> one.path("name").asText().equals(volume))
            .map(one -> new Quantity(one.at("/emptyDir/sizeLimit").asText()))
            .map(Quantity::getAmountInBytes)
            .findFirst()
            .orElseThrow();

    assertThat(limit).isGreaterThanOrEqualTo(kept(pod).multiply(BigDecimal.valueOf(2)));
  }

  /** Its G is 2 to the power of 30, as Kubernetes' Gi. */
  private static BigDecimal kept(JsonNode pod) {
    String size = named(pod.at("/containers/0/env"), "EDIT_EVALUATOR_COPIES_SIZE");
    assertThat(ConfigKeys.of("evaluator-service")).extracting(ConfigKeys.Key::name).contains(SIZE);
    assertThat(size).matches("\\d+[MG]");
    return Quantity.getAmountInBytes(new Quantity(size + "i"));
  }

  private static String named(JsonNode list, String name) {
    return elements(list)
        .filter(one -> one.path("name").asText().equals(name))
        .map(one -> one.path("value").asText())
        .findFirst()
        .orElseThrow();
  }
}
