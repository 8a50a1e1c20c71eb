package dev.edit.trainer.operator;

import dev.edit.trainer.operator.DistillationRunStatus.Phase;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;

/** Tells each change of phase as an event of the cluster, for {@code kubectl describe}. */
public final class PhaseEvents {
  private static final Logger LOG = System.getLogger(PhaseEvents.class.getName());
  private static final String COMPONENT = "edit-dispatcher";

  private final KubernetesClient client;
  private final InstantSource clock;

  public PhaseEvents(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Where the phase is the same as before, nothing is told. An event that is lost is no harm. */
  void tell(DistillationRun resource, DistillationRunStatus status) {
    DistillationRunStatus before = resource.getStatus();
    if (before != null && before.phase() == status.phase()) {
      return;
    }
    try {
      client
          .v1()
          .events()
          .inNamespace(resource.getMetadata().getNamespace())
          .resource(event(resource, status))
          .create();
    } catch (KubernetesClientException e) {
      LOG.log(Level.WARNING, "no event for {0}: {1}", resource.getFullResourceName(), e);
    }
  }

  private Event event(DistillationRun resource, DistillationRunStatus status) {
    boolean bad = status.phase() == Phase.FAILED || status.phase() == Phase.REFUSED;
    String now = clock.instant().toString();
    String message = status.message() == null ? status.phase().word() : status.message();
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(resource.getMetadata().getName() + ".")
        .withNamespace(resource.getMetadata().getNamespace())
        .endMetadata()
        .withType(bad ? "Warning" : "Normal")
        .withReason(status.phase().word())
        .withMessage(message)
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withReportingComponent(COMPONENT)
        .withNewInvolvedObject()
        .withApiVersion(resource.getApiVersion())
        .withKind(resource.getKind())
        .withNamespace(resource.getMetadata().getNamespace())
        .withName(resource.getMetadata().getName())
        .withUid(resource.getMetadata().getUid())
        .endInvolvedObject()
        .build();
  }
}
