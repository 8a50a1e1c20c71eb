package dev.edit.trainer.operator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The operator in front of an API server that knows nothing: it answers 404 to all. */
@EnableKubernetesMockClient
class RunOperatorTest {
  KubernetesClient client;

  @Test
  void shouldSayWhatIsMissingWhenTheClusterDoesNotKnowDistillationRuns() {
    RunOperator.Settings settings =
        new RunOperator.Settings("test", "edit-operator", Duration.ofMillis(50));

    try (RunOperator operator = new RunOperator(client, new FakeBoard(), settings, () -> {})) {
      assertThatThrownBy(operator::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll(
              "edit.trainer.operator.enabled", "distillationruns.edit.dev", "k8s/crds");
    }
  }
}
