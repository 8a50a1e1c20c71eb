package dev.edit.trainer.client.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent.State;
import dev.edit.trainer.domain.RunLauncher;
import dev.edit.trainer.domain.RunLauncher.Note;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Against the cluster that KUBECONFIG names, in a namespace of its own under Pod Security's profile
 * restricted. The Jobs ask for more GPUs than any node has, so that no pod ever starts; where a pod
 * has to have ended, its status is set here.
 */
@Tag("cluster")
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
class KubernetesLauncherClusterIT {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int MORE_THAN_ANY_NODE_HAS = 1000;

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final String namespace = "edit-test-" + UUID.randomUUID().toString().substring(0, 8);
  private final List<Note> notes = new CopyOnWriteArrayList<>();
  private KubernetesLauncher launcher;

  @BeforeEach
  void start() {
    client
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .withLabels(Map.of("pod-security.kubernetes.io/enforce", "restricted"))
                .endMetadata()
                .build())
        .create();
    launcher = another();
  }

  @AfterEach
  void stop() {
    launcher.close();
    client.namespaces().withName(namespace).delete();
    client.close();
  }

  private KubernetesLauncher another() {
    JobTemplate template =
        new JobTemplate(
            Fixtures.settings(Fixtures.ANYWHERE, MORE_THAN_ANY_NODE_HAS), Fixtures.command());
    return new KubernetesLauncher(
        client,
        namespace,
        template,
        new DeploymentOwner(client, namespace, Optional.empty()),
        new KubernetesLauncher.Pace(
            Duration.ofSeconds(1), Duration.ofMinutes(1), Clock.systemUTC()));
  }

  private RunLauncher.Worker launch(Run run) throws Exception {
    return launcher.launch(run, notes::add);
  }

  private Job job() {
    return client.batch().v1().jobs().inNamespace(namespace).list().getItems().get(0);
  }

  private List<Pod> pods() {
    return client.pods().inNamespace(namespace).list().getItems();
  }

  private void awaitNote(State state, String... words) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(notes)
                    .anySatisfy(
                        note -> {
                          assertThat(note.state()).isEqualTo(state);
                          assertThat(note.message()).contains(words);
                        }));
  }

  private void setPhase(String phase) {
    Pod ended = new PodBuilder(pods().get(0)).editStatus().withPhase(phase).endStatus().build();
    client.pods().inNamespace(namespace).resource(ended).updateStatus();
  }

  @Test
  void shouldExplainThatNoNodeHasTheGpus() throws Exception {
    launch(Fixtures.run("edit-7"));

    awaitNote(State.PENDING, "no node can take its pod");
    assertThat(
            job()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getResources()
                .getLimits())
        .containsKey("nvidia.com/gpu");
  }

  @Test
  void shouldExplainThatAQuotaKeepsThePodAway() throws Exception {
    client
        .resourceQuotas()
        .inNamespace(namespace)
        .resource(
            new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName("gpus")
                .endMetadata()
                .withNewSpec()
                .addToHard(
                    "requests.nvidia.com/gpu", new io.fabric8.kubernetes.api.model.Quantity("4"))
                .endSpec()
                .build())
        .create();

    launch(Fixtures.run("edit-7"));

    awaitNote(State.PENDING, "exceeded quota: gpus");
  }

  @Test
  void shouldObserveTheEnd() throws Exception {
    RunLauncher.Worker worker = launch(Fixtures.run("edit-7"));
    await().atMost(LONG).until(() -> pods().size() == 1);

    setPhase("Succeeded");

    await().atMost(LONG).until(worker.end()::isDone);
    assertThat(worker.end().join().message()).contains("told no result");
  }

  @Test
  void shouldTellOfAFailedPodAndThatItIsTriedAgain() throws Exception {
    launch(Fixtures.run("edit-7"));
    await().atMost(LONG).until(() -> pods().size() == 1);

    setPhase("Failed");

    awaitNote(State.PENDING, "failed", "tried again");
    await().atMost(LONG).until(() -> pods().size() == 2);
  }

  @Test
  void shouldWriteNothingWhenItIsLaunchedAgain() throws Exception {
    launch(Fixtures.run("edit-7"));
    awaitNote(State.PENDING, "no node");
    String version = job().getMetadata().getResourceVersion();

    try (KubernetesLauncher second = another()) {
      second.launch(Fixtures.run("edit-7"), note -> {});
    }

    assertThat(job().getMetadata().getResourceVersion()).isEqualTo(version);
  }

  @Test
  void shouldLeaveNothingBehindWhenCancelled() throws Exception {
    RunLauncher.Worker worker = launch(Fixtures.run("edit-7"));
    await().atMost(LONG).until(() -> pods().size() == 1);

    worker.cancel(Duration.ofSeconds(5));

    await().atMost(LONG).until(worker.end()::isDone);
    assertThat(client.batch().v1().jobs().inNamespace(namespace).list().getItems()).isEmpty();
    assertThat(pods()).isEmpty();
  }

  @Test
  void shouldReplaceTheLowerAttempt() throws Exception {
    launch(Fixtures.run("edit-7"));
    launch(Fixtures.run("edit-7", 2));

    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(client.batch().v1().jobs().inNamespace(namespace).list().getItems())
                    .extracting(job -> job.getMetadata().getName())
                    .containsExactly("edit-edit-7-e2"));
  }
}
