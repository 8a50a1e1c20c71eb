package dev.edit.trainer.client.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the API server for warning events and for Kueue's verdicts. What it may not see, or what is
 * not installed, it does not tell.
 */
final class ClusterWarnings implements JobAssessment.Warnings {
  private static final Logger LOG = System.getLogger(ClusterWarnings.class.getName());
  private static final String KUEUE = "kueue.x-k8s.io/v1beta1";

  private final KubernetesClient client;
  private final String namespace;

  ClusterWarnings(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  @Override
  public Optional<String> of(HasMetadata object) {
    try {
      return client
          .v1()
          .events()
          .inNamespace(namespace)
          .withField("involvedObject.name", object.getMetadata().getName())
          .list()
          .getItems()
          .stream()
          .filter(event -> isWarningAbout(event, object))
          .max(Comparator.comparing(ClusterWarnings::time))
          .map(event -> event.getReason() + ": " + event.getMessage());
    } catch (KubernetesClientException e) {
      return untold("events", e);
    }
  }

  @Override
  public Optional<String> admission(Job job) {
    try {
      return client
          .genericKubernetesResources(KUEUE, "Workload")
          .inNamespace(namespace)
          .list()
          .getItems()
          .stream()
          .filter(workload -> isOwnedBy(workload, job))
          .flatMap(workload -> refusal(workload).stream())
          .findFirst();
    } catch (KubernetesClientException e) {
      return untold("workloads", e);
    }
  }

  private static boolean isWarningAbout(Event event, HasMetadata object) {
    return "Warning".equals(event.getType())
        && event.getInvolvedObject() != null
        && object.getKind().equals(event.getInvolvedObject().getKind())
        && object.getMetadata().getName().equals(event.getInvolvedObject().getName());
  }

  private static String time(Event event) {
    String last = event.getLastTimestamp();
    return last == null ? String.valueOf(event.getMetadata().getCreationTimestamp()) : last;
  }

  private static boolean isOwnedBy(GenericKubernetesResource workload, Job job) {
    return workload.getMetadata().getOwnerReferences().stream()
        .anyMatch(
            owner ->
                "Job".equals(owner.getKind())
                    && job.getMetadata().getName().equals(owner.getName()));
  }

  /** The condition QuotaReserved, while it is false, says what is missing. */
  private static Optional<String> refusal(GenericKubernetesResource workload) {
    if (!(workload.get("status", "conditions") instanceof List<?> conditions)) {
      return Optional.empty();
    }
    return conditions.stream()
        .filter(Map.class::isInstance)
        .map(condition -> (Map<?, ?>) condition)
        .filter(c -> "QuotaReserved".equals(c.get("type")) && "False".equals(c.get("status")))
        .map(condition -> String.valueOf(condition.get("message")))
        .findFirst();
  }

  private static Optional<String> untold(String what, KubernetesClientException error) {
    LOG.log(Level.DEBUG, "no {0} to be had: {1}", what, error.getMessage());
    return Optional.empty();
  }
}
