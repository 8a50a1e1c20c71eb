package dev.edit.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.edit.contracts.Checkpoint;
import dev.edit.contracts.RunEvent;
import dev.edit.contracts.RunEvent.State;
import dev.edit.contracts.Topics;
import dev.edit.contracts.codec.Sha256;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.opentelemetry.proto.trace.v1.Span;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.kubernetes.client.WithKubernetesTestServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The whole dispatcher with launcher {@code kubernetes}, a real broker and an API server that keeps
 * what it is given; the test is the Job controller and the node, and runs a Job's own command.
 */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(SpanResource.class)
@WithKubernetesTestServer
@TestProfile(ClusterTrainingIT.OnACluster.class)
class ClusterTrainingIT {
  private static final Duration LONG = Duration.ofMinutes(4);

  /** Jobs with a GPU, which this machine lacks: the worker is told to compute on its CPU. */
  public static final class OnACluster implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "edit.trainer.launcher", "kubernetes",
          "edit.trainer.kubernetes.namespace", "test",
          "edit.trainer.kubernetes.image", "registry/edit-trainer:1",
          "edit.trainer.kubernetes.resync", "200ms",
          "edit.trainer.max-concurrent-runs", "2",
          "edit.trainer.worker.device", "cpu");
    }
  }

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String servers;

  @ConfigProperty(name = "edit.trainer.checkpoints")
  Path root;

  @ConfigProperty(name = SpanResource.FOLDER)
  Path spans;

  @Inject KubernetesClient cluster;

  private TestLog log;

  @BeforeEach
  void open() {
    log = new TestLog(servers);
  }

  @Test
  void shouldTrainARunInItsJobFromItsTopicToItsCheckpoint() throws Exception {
    Path student = TinyStudent.write(root.resolveSibling("student"));
    log.publishKeySteps(TinyStudent.records(student, 40));
    log.publish(log.run("edit-7", student, 10, 5));
    Job job = await().atMost(LONG).until(() -> job("edit-edit-7-e1"), found -> found != null);
    assertThat(
            job.getSpec().getTemplate().getSpec().getContainers().get(0).getResources().getLimits())
        .containsKey("nvidia.com/gpu");

    put(pod(job, "Pending", "0/3 nodes are available: 3 Insufficient nvidia.com/gpu."));
    await().atMost(LONG).until(() -> log.states("edit-7").contains(State.PENDING));
    put(pod(job, "Running", null));
    await().atMost(LONG).until(() -> log.states("edit-7").contains(State.RUNNING));
    assertThat(work(job)).isZero();
    end(job, "Complete", null);

    RunEvent end = log.end("edit-7").orElseThrow();
    assertThat(end.state()).isEqualTo(State.SUCCEEDED);
    assertThat(log.states("edit-7"))
        .containsExactly(State.ACCEPTED, State.PENDING, State.RUNNING, State.SUCCEEDED);
    assertThat(log.events("edit-7"))
        .extracting(RunEvent::message)
        .anyMatch(message -> message != null && message.contains("Insufficient nvidia.com/gpu"))
        .contains("pod p-1 runs on node gpu-3", "starts from the beginning; on cpu in fp32");
    Checkpoint last =
        log.read(Topics.CHECKPOINTS, Checkpoint.class).stream()
            .filter(checkpoint -> checkpoint.key().equals("edit-7/krsl"))
            .findFirst()
            .orElseThrow();
    assertThat(last.sha256()).isEqualTo(Sha256.of(Path.of(last.uri(), "model.safetensors")));
    shouldHangCheckpointsOnTheTrainingInOneTrace();
    shouldServeOthersMeanwhile();
  }

  /** All that the worker sent lies in the run's trace, and hangs on its training. */
  private void shouldHangCheckpointsOnTheTrainingInOneTrace() throws IOException {
    List<Span> sent = SpanResource.spans(spans);
    Span training =
        sent.stream().filter(span -> span.getName().equals("train")).findFirst().orElseThrow();
    assertThat(sent)
        .filteredOn(span -> span.getTraceId().equals(training.getTraceId()))
        .filteredOn(span -> span.getParentSpanId().equals(training.getSpanId()))
        .extracting(Span::getName)
        .contains("edit.checkpoints send", "edit.run-events send");
  }

  /** A Job that fails, and one that ends without a word: its place is free again afterwards. */
  private void shouldServeOthersMeanwhile() {
    for (String run : List.of("lost", "silent", "after")) {
      log.publish(log.run(run, Path.of("absent"), 1, 0));
    }
    end(awaitJob("lost"), "Failed", "BackoffLimitExceeded");
    end(awaitJob("silent"), "Complete", null);
    awaitJob("after");

    await().atMost(LONG).until(() -> log.end("silent").isPresent() && log.end("lost").isPresent());
    assertThat(log.end("lost").orElseThrow().message()).contains("given up after 4 failed pods");
    assertThat(log.end("silent").orElseThrow().message()).contains("told no result");
  }

  private Job awaitJob(String run) {
    return await().atMost(LONG).until(() -> job("edit-" + run + "-e1"), found -> found != null);
  }

  private Job job(String name) {
    return cluster.batch().v1().jobs().inNamespace("test").withName(name).get();
  }

  private void put(Pod pod) {
    cluster.pods().inNamespace("test").resource(pod).createOr(existing -> existing.update());
  }

  /** A pod as the Job controller makes it. */
  private static Pod pod(Job job, String phase, String unschedulable) {
    PodBuilder pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("p-1")
            .withNamespace("test")
            .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
            .addToLabels("job-name", job.getMetadata().getName())
            .withCreationTimestamp("2026-01-01T00:00:00Z")
            .endMetadata()
            .withNewSpec()
            .withNodeName("gpu-3")
            .endSpec()
            .withNewStatus()
            .withPhase(phase)
            .endStatus();
    return unschedulable == null
        ? pod.build()
        : pod.editStatus()
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage(unschedulable)
            .endCondition()
            .endStatus()
            .build();
  }

  /** What a node does: the container's command in its environment. */
  private int work(Job job) throws IOException, InterruptedException {
    var container = job.getSpec().getTemplate().getSpec().getContainers().get(0);
    assertThat(container.getCommand()).containsExactly("java");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(container.getArgs());
    ProcessBuilder builder = new ProcessBuilder(command);
    for (EnvVar variable : container.getEnv()) {
      builder.environment().put(variable.getName(), variable.getValue());
    }
    builder.redirectErrorStream(true);
    builder.redirectOutput(root.resolveSibling("pod.log").toFile());
    return builder.start().waitFor();
  }

  private void end(Job job, String condition, String reason) {
    Job ended =
        new JobBuilder(job(job.getMetadata().getName()))
            .editOrNewStatus()
            .withFailed(reason == null ? 0 : 4)
            .addNewCondition()
            .withType(condition)
            .withStatus("True")
            .withReason(reason)
            .endCondition()
            .endStatus()
            .build();
    cluster.batch().v1().jobs().inNamespace("test").resource(ended).updateStatus();
  }
}
