package dev.edit.trainer.client.kubernetes;

import dev.edit.trainer.client.kubernetes.JobState.Kind;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads out of a Job, its pods and the cluster's warnings where the Job stands. */
final class JobAssessment {
  private static final Map<String, String> IMAGE_PROBLEMS =
      Map.of(
          "ImagePullBackOff", "the image %s cannot be pulled",
          "ErrImagePull", "the image %s cannot be pulled",
          "ErrImageNeverPull", "the image %s is not on the node and may not be pulled",
          "InvalidImageName", "the image's name %s is not valid");
  private static final List<String> CONTAINER_PROBLEMS =
      List.of(
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError",
          "CrashLoopBackOff");

  private final Warnings warnings;

  /** What the cluster tells of objects beside their status. */
  interface Warnings {

    /** The newest warning about an object; empty where there is none. */
    Optional<String> of(HasMetadata object);

    /** Why Kueue has not admitted a Job; empty where it does not say. */
    Optional<String> admission(Job job);
  }

  JobAssessment(Warnings warnings) {
    this.warnings = warnings;
  }

  /** Where a Job stands. */
  JobState of(Job job, List<Pod> pods) {
    Optional<JobCondition> failed = condition(job, "Failed");
    if (failed.isPresent()) {
      return failure(job, failed.get(), pods);
    }
    if (condition(job, "Complete").isPresent()) {
      return new JobState.Ended(
          "job %s completed, but its worker told no result; see kubectl logs job/%s"
              .formatted(name(job), name(job)),
          null);
    }
    if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
      return suspended(job);
    }
    return newest(pods).map(pod -> of(job, pod)).orElseGet(() -> withoutPod(job));
  }

  private JobState suspended(Job job) {
    String queue = job.getMetadata().getLabels().get(JobTemplate.QUEUE);
    if (queue == null) {
      return new JobState.Waiting(Kind.QUEUE, "job %s is suspended".formatted(name(job)));
    }
    String why = warnings.admission(job).map(reason -> ": " + reason).orElse("");
    return new JobState.Waiting(
        Kind.QUEUE, "waits for Kueue to admit it from queue %s%s".formatted(queue, why));
  }

  private JobState withoutPod(Job job) {
    return warnings
        .of(job)
        .<JobState>map(
            reason -> new JobState.Waiting(Kind.QUOTA, "its pod is not let into being: " + reason))
        .orElseGet(JobState.Quiet::new);
  }

  private JobState of(Job job, Pod pod) {
    String phase = pod.getStatus() == null ? "Pending" : pod.getStatus().getPhase();
    Optional<String> disruption = PodTrouble.disruption(pod);
    if ("Failed".equals(phase)) {
      return new JobState.Waiting(
          Kind.ANOTHER_TRY, PodTrouble.of(pod) + "; it is tried again" + tries(job));
    }
    if (disruption.isPresent()) {
      return new JobState.Waiting(Kind.LOST_NODE, disruption.get());
    }
    if ("Running".equals(phase)) {
      return running(pod);
    }
    return "Succeeded".equals(phase) ? new JobState.Quiet() : pending(pod);
  }

  private static JobState running(Pod pod) {
    boolean lost =
        "NodeLost".equals(pod.getStatus().getReason())
            || PodTrouble.condition(pod, "Ready")
                .filter(ready -> "Unknown".equals(ready.getStatus()))
                .isPresent();
    return lost
        ? new JobState.Waiting(
            Kind.LOST_NODE,
            "node %s does not answer; pod %s may still run there"
                .formatted(PodTrouble.node(pod), PodTrouble.name(pod)))
        : new JobState.Running(
            "pod %s runs on node %s".formatted(PodTrouble.name(pod), PodTrouble.node(pod)));
  }

  private JobState pending(Pod pod) {
    Optional<JobState> unscheduled =
        PodTrouble.condition(pod, "PodScheduled")
            .filter(condition -> "False".equals(condition.getStatus()))
            .map(
                condition ->
                    new JobState.Waiting(
                        Kind.NODE, "no node can take its pod: " + condition.getMessage()));
    return unscheduled
        .or(() -> waitingContainer(pod))
        .or(
            () ->
                warnings
                    .of(pod)
                    .map(
                        reason ->
                            new JobState.Waiting(
                                Kind.VOLUME,
                                "its pod cannot start on node %s: %s"
                                    .formatted(PodTrouble.node(pod), reason))))
        .orElseGet(JobState.Quiet::new);
  }

  private static Optional<JobState> waitingContainer(Pod pod) {
    if (pod.getStatus() == null) {
      return Optional.empty();
    }
    return pod.getStatus().getContainerStatuses().stream()
        .filter(status -> status.getState() != null && status.getState().getWaiting() != null)
        .flatMap(status -> problem(status.getImage(), status.getState().getWaiting()).stream())
        .findFirst();
  }

  private static Optional<JobState> problem(String image, ContainerStateWaiting waiting) {
    String reason = String.valueOf(waiting.getReason());
    String message = waiting.getMessage() == null ? reason : waiting.getMessage();
    if (IMAGE_PROBLEMS.containsKey(reason)) {
      return Optional.of(
          new JobState.Waiting(
              Kind.IMAGE, IMAGE_PROBLEMS.get(reason).formatted(image) + ": " + message));
    }
    return CONTAINER_PROBLEMS.contains(reason)
        ? Optional.of(
            new JobState.Waiting(Kind.CONTAINER, "its container cannot start: " + message))
        : Optional.empty();
  }

  private static JobState failure(Job job, JobCondition failed, List<Pod> pods) {
    Optional<Pod> last = newest(pods.stream().filter(JobAssessment::hasFailed).toList());
    return new JobState.Ended(
        failure(job, failed, last.map(pod -> "; the last: " + PodTrouble.of(pod)).orElse("")),
        last.flatMap(PodTrouble::reason).orElse(null));
  }

  private static String failure(Job job, JobCondition failed, String last) {
    String reason = String.valueOf(failed.getReason());
    String log = "; see kubectl logs job/" + name(job);
    return switch (reason) {
      case "BackoffLimitExceeded" ->
          "given up after %d failed pods%s%s".formatted(failures(job), last, log);
      case "DeadlineExceeded" ->
          "given up after its deadline of %d s".formatted(job.getSpec().getActiveDeadlineSeconds());
      case "PodFailurePolicy" -> "given up, because its worker gave up%s%s".formatted(last, log);
      default ->
          "job %s failed: %s%s"
              .formatted(
                  name(job), failed.getMessage() == null ? reason : failed.getMessage(), last);
    };
  }

  private static boolean hasFailed(Pod pod) {
    return pod.getStatus() != null && "Failed".equals(pod.getStatus().getPhase());
  }

  private static int failures(Job job) {
    Integer failed = job.getStatus() == null ? null : job.getStatus().getFailed();
    return failed == null ? 0 : failed;
  }

  private static String tries(Job job) {
    Integer limit = job.getSpec().getBackoffLimit();
    return limit == null ? "" : " (%d of %d failures allowed)".formatted(failures(job), limit);
  }

  private static Optional<JobCondition> condition(Job job, String type) {
    return job.getStatus() == null
        ? Optional.empty()
        : job.getStatus().getConditions().stream()
            .filter(c -> type.equals(c.getType()) && "True".equals(c.getStatus()))
            .findFirst();
  }

  private static Optional<Pod> newest(List<Pod> pods) {
    return pods.stream()
        .max(
            Comparator.comparing(
                    (Pod pod) -> String.valueOf(pod.getMetadata().getCreationTimestamp()))
                .thenComparing(PodTrouble::name));
  }

  private static String name(Job job) {
    return job.getMetadata().getName();
  }
}
