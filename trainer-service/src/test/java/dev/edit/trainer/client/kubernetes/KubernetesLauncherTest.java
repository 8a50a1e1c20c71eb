package dev.edit.trainer.client.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.edit.contracts.Run;
import dev.edit.contracts.RunEvent.State;
import dev.edit.trainer.domain.RunLauncher;
import dev.edit.trainer.domain.RunLauncher.Note;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against an API server that keeps what it is given, in this process. */
@EnableKubernetesMockClient(crud = true)
class KubernetesLauncherTest {
  private static final String NAMESPACE = "test";
  private static final Duration SOON = Duration.ofMillis(100);

  KubernetesClient client;
  KubernetesMockServer server;

  private final List<Note> notes = new CopyOnWriteArrayList<>();
  private final List<KubernetesLauncher> launchers = new ArrayList<>();
  private KubernetesLauncher launcher;

  @BeforeEach
  void start() {
    client.getConfiguration().setRequestRetryBackoffLimit(0);
    launcher = another();
  }

  @AfterEach
  void stop() {
    launchers.forEach(KubernetesLauncher::close);
  }

  private KubernetesLauncher another() {
    KubernetesLauncher next =
        new KubernetesLauncher(
            client,
            NAMESPACE,
            Fixtures.template(),
            new DeploymentOwner(client, NAMESPACE, Optional.empty()),
            new KubernetesLauncher.Pace(SOON, Duration.ofMinutes(1), Clock.systemUTC()));
    launchers.add(next);
    return next;
  }

  private RunLauncher.Worker launch(Run run) throws IOException {
    return launcher.launch(run, notes::add);
  }

  private List<Job> jobs() {
    return client.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems();
  }

  private Job job() {
    return jobs().get(0);
  }

  private void put(Pod pod) {
    client.pods().inNamespace(NAMESPACE).resource(pod).createOr(e -> e.update());
  }

  private void status(Job job) {
    client.batch().v1().jobs().inNamespace(NAMESPACE).resource(job).updateStatus();
  }

  private List<String> writes() throws InterruptedException {
    List<String> writes = new ArrayList<>();
    RecordedRequest request = server.takeRequest(10, TimeUnit.MILLISECONDS);
    while (request != null) {
      if (!"GET".equals(request.getMethod())) {
        writes.add(request.getMethod() + " " + request.getPath());
      }
      request = server.takeRequest(10, TimeUnit.MILLISECONDS);
    }
    return writes;
  }

  @Test
  void shouldCreateAJobThatAsksForAGpu() throws IOException {
    launch(Fixtures.run("edit-7"));

    assertThat(job().getMetadata().getName()).isEqualTo("edit-edit-7-e1");
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
  void shouldExplainWhyItWaitsAndThenWhereItRuns() throws IOException {
    launch(Fixtures.run("edit-7"));
    put(Fixtures.unschedulable(job(), "0/3 nodes are available: 3 Insufficient nvidia.com/gpu."));
    await().until(() -> notes.size() == 1);

    put(Fixtures.pod(job(), "p-1", "Running").build());
    await().until(() -> notes.size() == 2);

    assertThat(notes).extracting(Note::state).containsExactly(State.PENDING, State.RUNNING);
    assertThat(notes.get(0).message()).contains("Insufficient nvidia.com/gpu");
    assertThat(notes.get(1).message()).contains("gpu-3");
  }

  @Test
  void shouldSayEachThingOnceHoweverOftenTheJobIsLookedAt() throws Exception {
    launch(Fixtures.run("edit-7"));
    put(Fixtures.unschedulable(job(), "0/3 nodes are available"));
    await().until(() -> !notes.isEmpty());
    writes();

    int before = server.getRequestCount();
    await().until(() -> server.getRequestCount() > before + 10);

    assertThat(notes).hasSize(1);
    assertThat(writes()).isEmpty();
  }

  @Test
  void shouldEndWithTheReasonWhenTheJobGivesUp() throws IOException {
    RunLauncher.Worker worker = launch(Fixtures.run("edit-7"));
    put(Fixtures.terminated(Fixtures.pod(job(), "p-1", "Failed"), "OOMKilled", 137));
    await().until(() -> !notes.isEmpty());

    status(Fixtures.ended(job(), "Failed", "BackoffLimitExceeded", "reached", 4));
    await().until(worker.end()::isDone);

    assertThat(notes).singleElement().satisfies(n -> assertThat(n.message()).contains("8Gi"));
    assertThat(worker.end().join().message()).contains("4 failed pods", "out of memory");
  }

  @Test
  void shouldNoticeTheEndOfAJobThatEndedWhileNobodyWatched() throws IOException {
    launch(Fixtures.run("edit-7")).release(Duration.ZERO);
    status(Fixtures.ended(job(), "Failed", "DeadlineExceeded", "too long", 0));

    RunLauncher.Worker adopted = another().launch(Fixtures.run("edit-7"), notes::add);

    await().until(adopted.end()::isDone);
    assertThat(adopted.end().join().message()).contains("deadline");
  }

  @Test
  void shouldWriteNothingWhenTheJobIsThereAlready() throws Exception {
    launch(Fixtures.run("edit-7"));
    writes();

    another().launch(Fixtures.run("edit-7"), notes::add);
    another().find(Fixtures.run("edit-7"));

    assertThat(writes()).isEmpty();
    assertThat(jobs()).hasSize(1);
  }

  @Test
  void shouldAdoptTheOthersJobWhenTwoLaunchAtOnce() throws Exception {
    List<KubernetesLauncher> both = List.of(launcher, another());

    both.parallelStream()
        .forEach(
            one -> {
              try {
                one.launch(Fixtures.run("edit-7"), notes::add);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });

    assertThat(jobs()).hasSize(1);
  }

  @Test
  void shouldDeleteTheJobAndThenEndWhenCancelled() throws IOException {
    RunLauncher.Worker worker = launch(Fixtures.run("edit-7"));

    worker.cancel(Duration.ZERO);

    await().until(worker.end()::isDone);
    assertThat(jobs()).isEmpty();
    assertThat(worker.end().join().message()).contains("cancelled");
  }

  @Test
  void shouldEndWhenSomebodyElseDeletesTheJob() throws IOException {
    RunLauncher.Worker worker = launch(Fixtures.run("edit-7"));

    client.batch().v1().jobs().inNamespace(NAMESPACE).resource(job()).delete();

    await().until(worker.end()::isDone);
    assertThat(worker.end().join().message()).contains("was deleted");
  }

  @Test
  void shouldLeaveTheJobToTheNextDispatcherWhenReleased() throws IOException {
    RunLauncher.Worker worker = launch(Fixtures.run("edit-7"));

    worker.release(Duration.ZERO);

    assertThat(jobs()).hasSize(1);
    assertThat(worker.end()).isNotDone();
    assertThat(another().find(Fixtures.run("edit-7"))).isPresent();
    assertThat(another().find(Fixtures.run("edit-8"))).isEmpty();
  }

  @Test
  void shouldDeleteTheJobOfALowerAttemptFirst() throws IOException {
    launch(Fixtures.run("edit-7"));
    launch(Fixtures.run("edit-8"));

    launch(Fixtures.run("edit-7", 2));

    assertThat(jobs())
        .extracting(job -> job.getMetadata().getName())
        .containsExactlyInAnyOrder("edit-edit-7-e2", "edit-edit-8-e1");
  }

  @Test
  void shouldNameTheDeploymentAsOwner() throws IOException {
    client
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .resource(
            new DeploymentBuilder()
                .withNewMetadata()
                .withName("dispatcher")
                .withUid("u-1")
                .endMetadata()
                .build())
        .create();
    DeploymentOwner owner = new DeploymentOwner(client, NAMESPACE, Optional.of("dispatcher"));

    assertThat(owner.apply(Fixtures.run("edit-7")))
        .singleElement()
        .satisfies(
            reference -> {
              assertThat(reference.getKind()).isEqualTo("Deployment");
              assertThat(reference.getUid()).isNotBlank();
            });
  }

  @ParameterizedTest
  @CsvSource({"503, true", "429, true", "403, false", "422, false"})
  void shouldWaitWhenTheClusterIsAwayAndFailWhenItRefuses(int code, boolean passing) {
    server
        .expect()
        .post()
        .withPath("/apis/batch/v1/namespaces/test/jobs")
        .andReturn(code, new StatusBuilder().withCode(code).withMessage("told so").build())
        .always();

    assertThatThrownBy(() -> launch(Fixtures.run("edit-7")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("told so")
        .satisfies(
            error ->
                assertThat(error instanceof RunLauncher.UnavailableException).isEqualTo(passing));
  }

  @Test
  void shouldRefuseAJobThatIsSomebodyElses() throws IOException {
    Job foreign = Fixtures.job(Fixtures.run("edit-7"));
    foreign.getMetadata().getAnnotations().put(JobNames.RUN, "other");
    client.batch().v1().jobs().inNamespace(NAMESPACE).resource(foreign).create();

    assertThatThrownBy(() -> launch(Fixtures.run("edit-7")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("belongs to other");
  }
}
