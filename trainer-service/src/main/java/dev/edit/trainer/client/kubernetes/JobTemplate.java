package dev.edit.trainer.client.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edit.contracts.Run;
import dev.edit.trainer.client.WorkerCommand;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a run's Job in layers: the built-in {@code worker-job.yaml}, the settings, the operator's
 * own file, and last what makes it this run's Job, which no file can take away.
 */
public final class JobTemplate {
  static final String GPU = "nvidia.com/gpu";
  static final String QUEUE = "kueue.x-k8s.io/queue-name";
  static final String WORKER = "worker";
  private static final String BUILT_IN = "worker-job.yaml";
  private static final ObjectMapper JSON = Serialization.jsonMapper();

  private final JobSettings settings;
  private final WorkerCommand command;
  private final JsonNode builtIn;
  private final JsonNode overlay;

  /**
   * @throws IllegalArgumentException where the operator's file cannot be read or is no Job
   */
  public JobTemplate(JobSettings settings, WorkerCommand command) {
    this.settings = settings;
    this.command = command;
    this.builtIn = builtIn();
    this.overlay = settings.template().map(JobTemplate::read).orElseGet(JSON::createObjectNode);
    job(overlay); // Refuses a file of another shape before the first run comes.
  }

  /** The Job of a run's attempt. */
  Job of(Run run, List<OwnerReference> owners) {
    Job base = job(YamlMerge.merge(builtIn.deepCopy(), JSON.createObjectNode()));
    applySettings(base);
    Job job = job(YamlMerge.merge(JSON.valueToTree(base), overlay));
    identify(job, run, owners);
    return job;
  }

  private void applySettings(Job job) {
    JobSpec spec = job.getSpec();
    JobSettings.Limits limits = settings.limits();
    spec.setBackoffLimit(limits.backoff());
    spec.setTtlSecondsAfterFinished(Math.toIntExact(limits.timeToLive().toSeconds()));
    limits.deadline().ifPresent(most -> spec.setActiveDeadlineSeconds(most.toSeconds()));
    JobSettings.Placement placement = settings.placement();
    PodSpec pod = spec.getTemplate().getSpec();
    settings.serviceAccount().ifPresent(pod::setServiceAccountName);
    placement.runtimeClass().ifPresent(pod::setRuntimeClassName);
    placement.priorityClass().ifPresent(pod::setPriorityClassName);
    if (!placement.nodeSelector().isEmpty()) {
      pod.setNodeSelector(new TreeMap<>(placement.nodeSelector()));
    }
    PodSpecBuilder builder = new PodSpecBuilder(pod);
    if (settings.resources().gpus() > 0) {
      builder.addToTolerations(
          new TolerationBuilder()
              .withKey(GPU)
              .withOperator("Exists")
              .withEffect("NoSchedule")
              .build());
    }
    for (JobSettings.Claim claim : settings.claims()) {
      builder.addToVolumes(
          new VolumeBuilder()
              .withName(claim.name())
              .withNewPersistentVolumeClaim(claim.name(), claim.readOnly())
              .build());
    }
    PodSpec placed = builder.build();
    container(placed);
    spec.getTemplate().setSpec(placed);
  }

  private void container(PodSpec pod) {
    Container worker = worker(pod);
    worker.setImage(settings.image());
    worker.setResources(resources());
    for (JobSettings.Claim claim : settings.claims()) {
      worker
          .getVolumeMounts()
          .add(
              new VolumeMountBuilder()
                  .withName(claim.name())
                  .withMountPath(claim.path())
                  .withReadOnly(claim.readOnly())
                  .build());
    }
    for (String secret : settings.secrets()) {
      worker
          .getEnvFrom()
          .add(
              new EnvFromSourceBuilder()
                  .withNewSecretRef()
                  .withName(secret)
                  .endSecretRef()
                  .build());
    }
    new TreeMap<>(command.environment())
        .forEach((name, value) -> worker.getEnv().add(variable(name, value)));
  }

  private static io.fabric8.kubernetes.api.model.EnvVar variable(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  private ResourceRequirements resources() {
    JobSettings.Resources wanted = settings.resources();
    ResourceRequirementsBuilder builder =
        new ResourceRequirementsBuilder()
            .addToRequests("cpu", new Quantity(wanted.cpu()))
            .addToRequests("memory", new Quantity(wanted.memory()))
            .addToLimits("memory", new Quantity(wanted.memory()));
    if (wanted.gpus() > 0) {
      Quantity gpus = new Quantity(Integer.toString(wanted.gpus()));
      builder.addToRequests(GPU, gpus).addToLimits(GPU, gpus);
    }
    return builder.build();
  }

  private void identify(Job job, Run run, List<OwnerReference> owners) {
    Map<String, String> labels = new HashMap<>(labels(run));
    settings.placement().queue().ifPresent(queue -> labels.put(QUEUE, queue));
    JobBuilder builder = new JobBuilder(job);
    builder
        .editOrNewMetadata()
        .withName(JobNames.job(run))
        .addToLabels(labels)
        .addToAnnotations(JobNames.RUN, run.id())
        .addAllToOwnerReferences(owners)
        .endMetadata();
    Job named = builder.build();
    job.setMetadata(named.getMetadata());
    JobSpec spec = job.getSpec();
    if (settings.placement().queue().isPresent()) {
      // Kueue admits it by taking this back; until then no pod may come into being.
      spec.setSuspend(true);
    }
    ObjectMeta pod = spec.getTemplate().getMetadata();
    pod.getLabels().putAll(labels(run));
    pod.getAnnotations().put(JobNames.RUN, run.id());
    Container worker = worker(spec.getTemplate().getSpec());
    worker.setCommand(List.of("java"));
    worker.setArgs(new ArrayList<>(command.after(run)));
  }

  private static Map<String, String> labels(Run run) {
    return Map.of(
        "app.kubernetes.io/name",
        "trainer",
        "app.kubernetes.io/component",
        "trainer",
        "app.kubernetes.io/part-of",
        "edit-on-kafka",
        JobNames.MANAGED_BY,
        JobNames.MANAGER,
        JobNames.RUN,
        JobNames.label(run.id()),
        JobNames.EPOCH,
        Integer.toString(run.epoch()));
  }

  private static Container worker(PodSpec pod) {
    return pod.getContainers().stream()
        .filter(container -> WORKER.equals(container.getName()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "edit.trainer.kubernetes.template: expected a container named " + WORKER));
  }

  private static Job job(JsonNode tree) {
    try {
      return JSON.treeToValue(tree, Job.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "edit.trainer.kubernetes.template: expected fields of a batch/v1 Job, "
              + e.getOriginalMessage(),
          e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      JsonNode tree = Serialization.yamlMapper().readTree(Files.readAllBytes(file));
      if (!tree.isObject()) {
        throw new IllegalArgumentException(
            "edit.trainer.kubernetes.template: expected fields of a Job in " + file);
      }
      return tree;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "edit.trainer.kubernetes.template: cannot read %s as YAML, %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static JsonNode builtIn() {
    try (InputStream in = JobTemplate.class.getResourceAsStream(BUILT_IN)) {
      return Serialization.yamlMapper().readTree(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(BUILT_IN, e);
    }
  }
}
