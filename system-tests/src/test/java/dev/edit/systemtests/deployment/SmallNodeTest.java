package dev.edit.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The local overlay, with a run and the examples' pods, finds room on a small node. */
class SmallNodeTest {
  private static final BigDecimal CORES = new BigDecimal("1.2");
  private static final BigDecimal BYTES = new BigDecimal(8L << 30);

  @Test
  void shouldLeaveRoomForTheClusterWhenANodeHasTwoCoresAndTenGibibytes() {
    assertThat(requests("cpu")).isLessThanOrEqualTo(CORES);
    assertThat(requests("memory")).isLessThanOrEqualTo(BYTES);
  }

  private static BigDecimal requests(String resource) {
    List<Manifest> rendered = Kubectl.kustomize(Checkout.overlay("local"));
    Stream<BigDecimal> pods =
        rendered.stream()
            .filter(Manifest::isWorkload)
            .map(workload -> workload.node().at("/spec/template/spec/containers/0/resources"))
            .map(resources -> bytes(resources.at("/requests/" + resource)));
    String variable = "EDIT_TRAINER_KUBERNETES_" + resource.toUpperCase(java.util.Locale.ROOT);
    BigDecimal run =
        rendered.stream()
            .filter(Manifest::isWorkload)
            .flatMap(Manifest::containers)
            .flatMap(container -> Manifest.elements(container.path("env")))
            .filter(one -> one.path("name").asText().equals(variable))
            .map(one -> bytes(one.path("value")))
            .collect(Collectors.reducing(BigDecimal.ZERO, Function.identity(), BigDecimal::add));
    assertThat(run).as(variable).isPositive();
    return pods.reduce(run, BigDecimal::add);
  }

  private static BigDecimal bytes(JsonNode quantity) {
    return Quantity.getAmountInBytes(new Quantity(quantity.asText()));
  }
}
