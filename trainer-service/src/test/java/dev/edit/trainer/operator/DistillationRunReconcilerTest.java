package dev.edit.trainer.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.edit.contracts.RunEvent.State;
import dev.edit.trainer.operator.DistillationRunStatus.Phase;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator as it is deployed, against an API server that keeps what it is given. */
@EnableKubernetesMockClient(crud = true)
class DistillationRunReconcilerTest {
  private static final String NAMESPACE = "test";

  /** A lease that was not given back lasts 15 s. */
  private static final Duration TAKE_OVER = Duration.ofMinutes(2);

  KubernetesClient client;
  KubernetesMockServer server;

  private final FakeBoard board = new FakeBoard();
  private final List<RunOperator> operators = new ArrayList<>();

  /** Whoever takes part in an election asks first whether it may write leases. */
  @BeforeEach
  void allowLeases() {
    server
        .expect()
        .post()
        .withPath("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews")
        .andReturn(
            201,
            new SelfSubjectRulesReviewBuilder()
                .withNewStatus()
                .addNewResourceRule()
                .withApiGroups("coordination.k8s.io")
                .withResources("leases")
                .withVerbs("create", "get", "update", "patch")
                .endResourceRule()
                .endStatus()
                .build())
        .always();
  }

  private void start() {
    RunOperator operator =
        new RunOperator(
            client,
            board,
            new RunOperator.Settings(NAMESPACE, "edit-operator", Duration.ofMillis(50)),
            () -> {});
    operator.start();
    operators.add(operator);
  }

  @AfterEach
  void stop() {
    operators.forEach(RunOperator::close);
  }

  private MixedOperation<
          DistillationRun, KubernetesResourceList<DistillationRun>, Resource<DistillationRun>>
      runs() {
    return client.resources(DistillationRun.class);
  }

  private void apply(DistillationRun resource) {
    runs().inNamespace(NAMESPACE).resource(resource).create();
  }

  private DistillationRun get(String name) {
    return runs().inNamespace(NAMESPACE).withName(name).get();
  }

  private DistillationRunStatus awaitPhase(String name, Phase phase) {
    await()
        .atMost(TAKE_OVER)
        .until(() -> get(name).getStatus() != null && get(name).getStatus().phase() == phase);
    return get(name).getStatus();
  }

  private static Condition condition(DistillationRunStatus status, String type) {
    return status.conditions().stream()
        .filter(c -> c.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldOrderTheRunAndTellItsStoryToItsEnd() {
    start();
    apply(Resources.resource("edit-7"));
    awaitPhase("edit-7", Phase.ORDERED);
    assertThat(board.ordered)
        .singleElement()
        .satisfies(r -> assertThat(r.id()).isEqualTo("edit-7"));

    board.tell(Resources.event("edit-7", State.ACCEPTED, null));
    board.tell(Resources.event("edit-7", State.PENDING, "no node can take its pod: 0/3"));
    DistillationRunStatus waiting = awaitPhase("edit-7", Phase.PENDING);
    assertThat(waiting.message()).contains("0/3");
    assertThat(condition(waiting, "Placed").getStatus()).isEqualTo("False");
    assertThat(condition(waiting, "Placed").getMessage()).contains("0/3");

    board.tell(Resources.report("edit-7", 2, 5));
    assertThat(awaitPhase("edit-7", Phase.RUNNING).progress()).isEqualTo("krsl 40 %");

    board.tell(Resources.event("edit-7", State.SUCCEEDED, null));
    board.tell(Resources.evaluation("edit-7"));
    await().until(() -> get("edit-7").getStatus().accuracy() != null);
    DistillationRunStatus done = awaitPhase("edit-7", Phase.SUCCEEDED);
    assertThat(done.accuracy()).isEqualTo("75.00 %");
    assertThat(condition(done, "Succeeded").getStatus()).isEqualTo("True");
    assertThat(client.v1().events().inNamespace(NAMESPACE).list().getItems())
        .extracting(event -> event.getReason())
        .contains("Ordered", "Pending", "Running", "Succeeded");
  }

  @Test
  void shouldWriteNothingWhenAnotherOperatorTakesOver() {
    start();
    apply(Resources.resource("edit-7"));
    awaitPhase("edit-7", Phase.ORDERED);
    board.tell(Resources.event("edit-7", State.PENDING, "no GPU"));
    awaitPhase("edit-7", Phase.PENDING);
    String version = get("edit-7").getMetadata().getResourceVersion();
    operators.remove(0).close();

    start();
    board.tell(Resources.event("edit-7", State.PENDING, "no GPU"));
    apply(Resources.resource("edit-8"));
    awaitPhase("edit-8", Phase.ORDERED);

    assertThat(get("edit-7").getMetadata().getResourceVersion()).isEqualTo(version);
    assertThat(board.ordered).hasSize(2);
  }

  @Test
  void shouldSayWhyARunIsRefused() {
    start();
    DistillationRun wrong = Resources.resource("edit-7");
    wrong.setSpec(new DistillationRunSpec("alchemy", "s", 0L, "paper", null, null, null, null));

    apply(wrong);

    DistillationRunStatus status = awaitPhase("edit-7", Phase.REFUSED);
    assertThat(condition(status, "Accepted").getReason()).isEqualTo("Invalid");
    assertThat(status.message()).contains("alchemy");
    assertThat(board.ordered).isEmpty();
  }

  @Test
  void shouldCancelTheRunBeforeTheResourceGoes() {
    start();
    apply(Resources.resource("edit-7"));
    awaitPhase("edit-7", Phase.ORDERED);
    board.tell(Resources.event("edit-7", State.RUNNING, "on gpu-3"));
    awaitPhase("edit-7", Phase.RUNNING);

    runs().inNamespace(NAMESPACE).withName("edit-7").delete();
    await().until(() -> board.sight("edit-7").run().wantsCancel());
    assertThat(get("edit-7")).isNotNull();
    board.tell(Resources.event("edit-7", State.CANCELLED, "cancelled by its owner"));

    await().until(() -> get("edit-7") == null);
    assertThat(board.ordered).hasSize(2);
  }

  @Test
  void shouldHoldTheResourceOnlyWhileItsRunGoesOn() {
    start();
    apply(Resources.resource("edit-7"));
    awaitPhase("edit-7", Phase.ORDERED);
    assertThat(get("edit-7").getFinalizers()).containsExactly(DistillationRunReconciler.FINALIZER);
    board.tell(Resources.event("edit-7", State.SUCCEEDED, null));
    awaitPhase("edit-7", Phase.SUCCEEDED);
    assertThat(get("edit-7").getFinalizers()).isEmpty();

    stop();
    operators.clear();
    runs().inNamespace(NAMESPACE).withName("edit-7").delete();

    assertThat(get("edit-7")).isNull();
    assertThat(board.ordered).hasSize(1);
  }

  @Test
  void shouldHoldTheResourceAgainWhenItsRunIsTriedAgain() {
    start();
    apply(Resources.resource("edit-7"));
    awaitPhase("edit-7", Phase.ORDERED);
    board.tell(Resources.event("edit-7", State.FAILED, "out of memory"));
    awaitPhase("edit-7", Phase.FAILED);

    runs()
        .inNamespace(NAMESPACE)
        .withName("edit-7")
        .edit(
            resource -> {
              resource.setSpec(Resources.resource("edit-7", null, 2).getSpec());
              resource.getMetadata().setGeneration(2L);
              return resource;
            });

    awaitPhase("edit-7", Phase.ORDERED);
    assertThat(get("edit-7").getFinalizers()).containsExactly(DistillationRunReconciler.FINALIZER);
  }

  @Test
  void shouldNeverHoldAResourceWhoseRunIsRefused() {
    start();
    DistillationRun wrong = Resources.resource("edit-7");
    wrong.setSpec(new DistillationRunSpec("alchemy", "s", 0L, "paper", null, null, null, null));

    apply(wrong);

    awaitPhase("edit-7", Phase.REFUSED);
    assertThat(get("edit-7").getFinalizers()).isEmpty();
  }
}
