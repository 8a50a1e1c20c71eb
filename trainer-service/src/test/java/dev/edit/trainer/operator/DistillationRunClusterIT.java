package dev.edit.trainer.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.edit.contracts.RunEvent.State;
import dev.edit.trainer.operator.DistillationRunStatus.Phase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The operator against the cluster that KUBECONFIG names, in a namespace of its own, with the
 * manifests' own CustomResourceDefinition and no other rights than the manifests give the
 * dispatcher. Users' acts are an administrator's.
 */
@Tag("cluster")
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
class DistillationRunClusterIT {
  private static final Path BASE = Path.of("../k8s/base");
  private static final Duration LONG = Duration.ofMinutes(1);

  private final KubernetesClient admin = new KubernetesClientBuilder().build();
  private final String namespace = "edit-test-" + UUID.randomUUID().toString().substring(0, 8);
  private final FakeBoard board = new FakeBoard();
  private KubernetesClient dispatcher;
  private RunOperator operator;

  @BeforeEach
  void start() throws IOException {
    admin
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    apply(BASE.resolveSibling("crds/distillationruns.yaml"));
    apply(BASE.resolve("accounts.yaml"));
    apply(BASE.resolve("dispatcher-role.yaml"));
    Config config =
        new ConfigBuilder(Config.autoConfigure(null))
            .withImpersonateUsername("system:serviceaccount:" + namespace + ":dispatcher")
            .build();
    dispatcher = new KubernetesClientBuilder().withConfig(config).build();
    operator =
        new RunOperator(
            dispatcher,
            board,
            new RunOperator.Settings(namespace, "edit-operator", Duration.ofMillis(200)),
            () -> {});
    operator.start();
  }

  @AfterEach
  void stop() {
    operator.close();
    dispatcher.close();
    // Nobody is left to let go of what still has a run.
    admin
        .resources(DistillationRun.class)
        .inNamespace(namespace)
        .resources()
        .forEach(
            run ->
                run.edit(
                    resource -> {
                      resource.getMetadata().setFinalizers(null);
                      return resource;
                    }));
    admin.namespaces().withName(namespace).delete();
    admin.close();
  }

  /** The definition is the cluster's and stays: other namespaces may hold resources of it. */
  private void apply(Path manifest) throws IOException {
    try (var in = Files.newInputStream(manifest)) {
      List<HasMetadata> all = admin.load(in).items();
      all.forEach(
          one -> {
            if (!one.getKind().equals("CustomResourceDefinition")) {
              one.getMetadata().setNamespace(namespace);
              subject(one);
            }
            admin.resource(one).serverSideApply();
          });
    }
  }

  private void subject(HasMetadata one) {
    if (one instanceof io.fabric8.kubernetes.api.model.rbac.RoleBinding binding) {
      binding.getSubjects().forEach(subject -> subject.setNamespace(namespace));
    }
  }

  private Resource<DistillationRun> run(String name) {
    return admin.resources(DistillationRun.class).inNamespace(namespace).withName(name);
  }

  private void create(DistillationRun resource) {
    resource.getMetadata().setNamespace(namespace);
    admin.resource(resource).create();
  }

  private DistillationRunStatus awaitPhase(String name, Phase phase) {
    await()
        .atMost(LONG)
        .until(
            () -> {
              DistillationRun now = run(name).get();
              return now.getStatus() != null && now.getStatus().phase() == phase;
            });
    return run(name).get().getStatus();
  }

  @Test
  void shouldTellTheStoryAndWriteNothingOnceItIsTold() {
    create(Resources.resource("edit-7"));
    awaitPhase("edit-7", Phase.ORDERED);
    board.tell(Resources.event("edit-7", State.ACCEPTED, null));
    board.tell(Resources.event("edit-7", State.PENDING, "no node can take its pod: 0/3"));
    assertThat(awaitPhase("edit-7", Phase.PENDING).message()).contains("0/3");
    board.tell(Resources.report("edit-7", 2, 5));
    assertThat(awaitPhase("edit-7", Phase.RUNNING).progress()).isEqualTo("krsl 40 %");
    board.tell(Resources.event("edit-7", State.SUCCEEDED, null));
    board.tell(Resources.evaluation("edit-7"));
    awaitPhase("edit-7", Phase.SUCCEEDED);
    await().atMost(LONG).until(() -> run("edit-7").get().getStatus().accuracy() != null);

    assertThat(admin.v1().events().inNamespace(namespace).list().getItems())
        .extracting(event -> event.getReason())
        .contains("Ordered", "Pending", "Running", "Succeeded");
    String version = run("edit-7").get().getMetadata().getResourceVersion();
    // Old news make it reconcile again; a later resource shows that it has.
    board.tell(Resources.evaluation("edit-7"));
    create(Resources.resource("edit-8"));
    awaitPhase("edit-8", Phase.ORDERED);
    board.tell(Resources.evaluation("edit-7"));
    board.tell(Resources.event("edit-8", State.PENDING, "no GPU"));
    awaitPhase("edit-8", Phase.PENDING);
    assertThat(run("edit-7").get().getMetadata().getResourceVersion()).isEqualTo(version);
  }

  @Test
  void shouldCancelTheRunBeforeTheResourceGoes() {
    create(Resources.resource("edit-7"));
    awaitPhase("edit-7", Phase.ORDERED);
    board.tell(Resources.event("edit-7", State.RUNNING, "on gpu-3"));
    awaitPhase("edit-7", Phase.RUNNING);

    run("edit-7").delete();
    await().atMost(LONG).until(() -> board.sight("edit-7").run().wantsCancel());
    assertThat(run("edit-7").get()).isNotNull();
    board.tell(Resources.event("edit-7", State.CANCELLED, "cancelled by its owner"));

    await().atMost(LONG).until(() -> run("edit-7").get() == null);
  }

  @Test
  void shouldGoAtOnceWithoutADispatcherWhenTheRunHasEndedOrWasNeverOrdered() {
    create(Resources.resource("edit-7"));
    awaitPhase("edit-7", Phase.ORDERED);
    assertThat(run("edit-7").get().getFinalizers())
        .containsExactly(DistillationRunReconciler.FINALIZER);
    board.tell(Resources.event("edit-7", State.SUCCEEDED, null));
    awaitPhase("edit-7", Phase.SUCCEEDED);
    operator.close();
    create(Resources.resource("edit-8"));

    run("edit-7").delete();
    run("edit-8").delete();

    assertThat(run("edit-7").get()).isNull();
    assertThat(run("edit-8").get()).isNull();
    assertThat(board.ordered).hasSize(1);
  }

  @Test
  void shouldBeRefusedByTheServerWhereTheSpecBreaksTheSchema() {
    create(Resources.resource("edit-7"));
    awaitPhase("edit-7", Phase.ORDERED);
    DistillationRun wrong = Resources.resource("edit-9");
    wrong.setSpec(new DistillationRunSpec("alchemy", "s", 0L, "paper", null, null, null, null));

    assertThatThrownBy(() -> create(wrong))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("alchemy");
    assertThatThrownBy(
            () ->
                run("edit-7")
                    .edit(
                        resource -> {
                          resource.setSpec(
                              new DistillationRunSpec(
                                  "std-cot", "/models/7b", 7L, "paper", null, null, null, null));
                          return resource;
                        }))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("a run keeps its recipe");
  }

  @Test
  void shouldHaveNoRightsBeyondItsTask() {
    assertThatThrownBy(() -> dispatcher.secrets().inNamespace(namespace).list())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("forbidden");
    assertThatThrownBy(() -> dispatcher.batch().v1().jobs().inNamespace("default").list())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("forbidden");
    assertThatThrownBy(() -> dispatcher.resource(Resources.resource("edit-7")).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("forbidden");
  }
}
