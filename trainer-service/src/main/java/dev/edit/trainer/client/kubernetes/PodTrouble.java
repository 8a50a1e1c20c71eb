package dev.edit.trainer.client.kubernetes;

import dev.edit.trainer.domain.RunLauncher;
import dev.edit.trainer.worker.WorkerExit;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Objects;
import java.util.Optional;

/** Says why a pod came to an end, or is about to, in words that need no knowledge of Kubernetes. */
final class PodTrouble {
  private static final String OUT_OF_MEMORY = "OOMKilled";

  private PodTrouble() {}

  /** What ended a pod. */
  static String of(Pod pod) {
    return disruption(pod)
        .or(() -> eviction(pod))
        .or(() -> termination(pod))
        .orElseGet(() -> "pod %s failed%s".formatted(name(pod), detail(status(pod))));
  }

  /** What ended a pod, for programs; empty where it is not known. */
  static Optional<String> reason(Pod pod) {
    if (disruption(pod).or(() -> eviction(pod)).isPresent()) {
      return Optional.of("evicted");
    }
    return terminated(pod)
        .flatMap(
            ended ->
                OUT_OF_MEMORY.equals(ended.getReason())
                    ? Optional.of(RunLauncher.WorkerEnd.OUT_OF_MEMORY)
                    : WorkerExit.of(ended.getExitCode()).map(WorkerExit::reason));
  }

  /** What takes a pod away from its node, where something does. */
  static Optional<String> disruption(Pod pod) {
    return condition(pod, "DisruptionTarget")
        .filter(condition -> "True".equals(condition.getStatus()))
        .map(condition -> cause(pod, condition) + detail(condition.getMessage()));
  }

  static Optional<PodCondition> condition(Pod pod, String type) {
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getConditions().stream()
            .filter(condition -> type.equals(condition.getType()))
            .findFirst();
  }

  static String node(Pod pod) {
    String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
    return node == null ? "unknown" : node;
  }

  static String name(Pod pod) {
    return pod.getMetadata().getName();
  }

  private static String cause(Pod pod, PodCondition condition) {
    String reason = condition.getReason() == null ? "" : condition.getReason();
    return switch (reason) {
      case "PreemptionByScheduler", "PreemptionByKubeScheduler" ->
          "pod %s had to make room for one of higher priority".formatted(name(pod));
      case "DeletionByTaintManager" ->
          "pod %s lost its node %s, which is unreachable or tainted"
              .formatted(name(pod), node(pod));
      case "DeletionByPodGC" ->
          "pod %s lost its node %s, which is gone".formatted(name(pod), node(pod));
      case "EvictionByEvictionAPI" ->
          "pod %s was evicted from node %s, such as for a drain".formatted(name(pod), node(pod));
      default -> "pod %s was evicted from node %s".formatted(name(pod), node(pod));
    };
  }

  private static Optional<String> eviction(Pod pod) {
    String reason = pod.getStatus() == null ? null : pod.getStatus().getReason();
    if ("Evicted".equals(reason)) {
      return Optional.of(
          "pod %s was evicted from node %s%s".formatted(name(pod), node(pod), detail(status(pod))));
    }
    return "NodeLost".equals(reason)
        ? Optional.of("pod %s lost its node %s".formatted(name(pod), node(pod)))
        : Optional.empty();
  }

  private static Optional<String> termination(Pod pod) {
    return terminated(pod).map(ended -> termination(pod, ended));
  }

  private static String termination(Pod pod, ContainerStateTerminated ended) {
    if (OUT_OF_MEMORY.equals(ended.getReason())) {
      return "pod %s ran out of memory and was killed at its limit of %s"
          .formatted(name(pod), memoryLimit(pod));
    }
    if (isHeapExhausted(ended)) {
      return "pod %s ran out of Java heap (-Xmx in edit.trainer.worker.java-options)"
          .formatted(name(pod));
    }
    return "pod %s ended with exit code %d%s"
        .formatted(name(pod), ended.getExitCode(), detail(ended.getMessage()));
  }

  private static boolean isHeapExhausted(ContainerStateTerminated ended) {
    return Objects.equals(ended.getExitCode(), WorkerExit.OUT_OF_MEMORY.code());
  }

  private static Optional<ContainerStateTerminated> terminated(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .filter(status -> JobTemplate.WORKER.equals(status.getName()))
        .map(ContainerStatus::getState)
        .filter(state -> state != null && state.getTerminated() != null)
        .map(state -> state.getTerminated())
        .findFirst();
  }

  private static String memoryLimit(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .filter(container -> JobTemplate.WORKER.equals(container.getName()))
        .filter(container -> container.getResources() != null)
        .map(container -> container.getResources().getLimits().get("memory"))
        .filter(limit -> limit != null)
        .map(Quantity::toString)
        .findFirst()
        .orElse("the node");
  }

  private static String status(Pod pod) {
    return pod.getStatus() == null ? null : pod.getStatus().getMessage();
  }

  private static String detail(String message) {
    return message == null || message.isBlank() ? "" : ": " + message.strip();
  }
}
