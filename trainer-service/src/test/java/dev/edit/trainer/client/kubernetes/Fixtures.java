package dev.edit.trainer.client.kubernetes;

import dev.edit.contracts.Run;
import dev.edit.contracts.recipe.Recipe;
import dev.edit.trainer.client.WorkerCommand;
import dev.edit.trainer.domain.Samples;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings, Jobs and pods for tests. */
final class Fixtures {
  static final JobSettings.Placement ANYWHERE =
      new JobSettings.Placement(Map.of(), Optional.empty(), Optional.empty(), Optional.empty());

  private Fixtures() {}

  static Run run(String id) {
    return Samples.run(id, Recipe.EDIT, 1, 1, 64, List.of());
  }

  static Run run(String id, int epoch) {
    return run(id).withOrder(new Run.Order(epoch, Run.Desired.TRAINED));
  }

  static WorkerCommand command() {
    return new WorkerCommand(
        "/opt/edit/app/*",
        "dev.edit.trainer.worker.WorkerMain",
        List.of("-Xmx1g"),
        2,
        run -> List.of("--run", run.id(), "--epoch", Integer.toString(run.epoch())),
        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"));
  }

  static JobSettings settings(JobSettings.Placement placement, int gpus) {
    return new JobSettings(
        "registry/edit-trainer:1",
        new JobSettings.Resources(gpus, "2", "8Gi"),
        placement,
        List.of(),
        List.of(),
        Optional.empty(),
        new JobSettings.Limits(3, Duration.ofDays(1), Optional.empty()),
        Optional.empty());
  }

  static JobTemplate template() {
    return new JobTemplate(settings(ANYWHERE, 1), command());
  }

  static Job job(Run run) {
    return template().of(run, List.of());
  }

  static Job ended(Job job, String condition, String reason, String message, int failures) {
    return new JobBuilder(job)
        .editOrNewStatus()
        .withFailed(failures)
        .addNewCondition()
        .withType(condition)
        .withStatus("True")
        .withReason(reason)
        .withMessage(message)
        .endCondition()
        .endStatus()
        .build();
  }

  /** A pod of a Job, as its controller makes it. */
  static PodBuilder pod(Job job, String name, String phase) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("test")
        .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
        .addToLabels("job-name", job.getMetadata().getName())
        .withCreationTimestamp("2026-01-01T00:00:00Z")
        .endMetadata()
        .withNewSpec()
        .withNodeName("gpu-3")
        .addNewContainer()
        .withName("worker")
        .withNewResources()
        .addToLimits("memory", new Quantity("8Gi"))
        .endResources()
        .endContainer()
        .endSpec()
        .withNewStatus()
        .withPhase(phase)
        .endStatus();
  }

  static Pod unschedulable(Job job, String message) {
    return condition(pod(job, "p-1", "Pending"), "PodScheduled", "False", "Unschedulable", message);
  }

  static Pod condition(PodBuilder pod, String type, String status, String reason, String message) {
    return pod.editStatus()
        .addNewCondition()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .endCondition()
        .endStatus()
        .build();
  }

  static Pod waiting(PodBuilder pod, String reason, String message) {
    return pod.editStatus()
        .addNewContainerStatus()
        .withName("worker")
        .withImage("registry/edit-trainer:1")
        .withNewState()
        .withNewWaiting()
        .withReason(reason)
        .withMessage(message)
        .endWaiting()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  static Pod terminated(PodBuilder pod, String reason, int exitCode) {
    return pod.editStatus()
        .addNewContainerStatus()
        .withName("worker")
        .withNewState()
        .withNewTerminated()
        .withReason(reason)
        .withExitCode(exitCode)
        .endTerminated()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }
}
