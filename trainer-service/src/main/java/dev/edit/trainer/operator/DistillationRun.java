package dev.edit.trainer.operator;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** A run that is ordered by {@code kubectl apply}; its name is the run's id. */
@Group("edit.dev")
@Version("v1alpha1")
public class DistillationRun extends CustomResource<DistillationRunSpec, DistillationRunStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
