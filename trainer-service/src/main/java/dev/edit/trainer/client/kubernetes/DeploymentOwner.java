package dev.edit.trainer.client.kubernetes;

import dev.edit.contracts.Run;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Lets the dispatcher's Deployment own every Job, so that none outlives it. */
public final class DeploymentOwner implements Function<Run, List<OwnerReference>> {
  private final KubernetesClient client;
  private final String namespace;
  private final Optional<String> deployment;

  /**
   * @param deployment its name; empty for Jobs without owner
   */
  public DeploymentOwner(KubernetesClient client, String namespace, Optional<String> deployment) {
    this.client = client;
    this.namespace = namespace;
    this.deployment = deployment;
  }

  /**
   * @throws io.fabric8.kubernetes.client.KubernetesClientException where there is none of that name
   */
  @Override
  public List<OwnerReference> apply(Run run) {
    return deployment.map(name -> List.of(reference(name))).orElseGet(List::of);
  }

  private OwnerReference reference(String name) {
    Deployment owner = client.apps().deployments().inNamespace(namespace).withName(name).require();
    return new OwnerReferenceBuilder()
        .withApiVersion("apps/v1")
        .withKind("Deployment")
        .withName(name)
        .withUid(owner.getMetadata().getUid())
        .withController(false)
        .withBlockOwnerDeletion(false)
        .build();
  }
}
