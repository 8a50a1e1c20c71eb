package dev.edit.trainer.client.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.edit.trainer.client.kubernetes.JobSettings.Claim;
import dev.edit.trainer.worker.WorkerExit;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobTemplateTest {
  private static final String OPERATORS_FILE =
      """
      metadata:
        name: mine
        labels: {team: nlp, edit.dev/run: other}
      spec:
        backoffLimit: 9
        ttlSecondsAfterFinished: null
        template:
          spec:
            hostIPC: false
            containers:
              - name: worker
                args: [--help]
                resources: {limits: {memory: 64Gi}}
                env: [{name: NCCL_DEBUG, value: INFO}, {name: OMP_NUM_THREADS, value: "8"}]
            volumes:
              - name: tmp
                emptyDir: {sizeLimit: 5Gi}
      """;

  @TempDir private Path folder;

  private static JobSettings full(Optional<Path> template) {
    return new JobSettings(
        "registry/edit-trainer:1",
        new JobSettings.Resources(2, "4", "16Gi"),
        new JobSettings.Placement(
            Map.of("accelerator", "l4"),
            Optional.of("nvidia"),
            Optional.of("training"),
            Optional.of("batch-low")),
        List.of(
            Claim.parse("edit-checkpoints:/var/lib/edit/checkpoints"),
            Claim.parse("edit-students:/var/lib/edit/students:ro")),
        List.of("object-store"),
        Optional.of("trainer"),
        new JobSettings.Limits(5, Duration.ofHours(2), Optional.of(Duration.ofDays(3))),
        template);
  }

  private static Job job(JobSettings settings) {
    return new JobTemplate(settings, Fixtures.command()).of(Fixtures.run("edit-7", 2), List.of());
  }

  @Test
  void shouldAskForGpusAndGoWhereTheyAre() {
    Job job = job(full(Optional.empty()));
    PodSpec pod = job.getSpec().getTemplate().getSpec();
    Container worker = pod.getContainers().get(0);

    assertThat(worker.getResources().getLimits())
        .containsEntry("nvidia.com/gpu", new Quantity("2"))
        .containsEntry("memory", new Quantity("16Gi"));
    assertThat(worker.getResources().getRequests())
        .containsEntry("nvidia.com/gpu", new Quantity("2"))
        .containsEntry("cpu", new Quantity("4"));
    assertThat(pod.getTolerations())
        .singleElement()
        .satisfies(
            toleration -> {
              assertThat(toleration.getKey()).isEqualTo("nvidia.com/gpu");
              assertThat(toleration.getOperator()).isEqualTo("Exists");
              assertThat(toleration.getEffect()).isEqualTo("NoSchedule");
            });
    assertThat(pod.getNodeSelector()).containsExactly(Map.entry("accelerator", "l4"));
    assertThat(pod.getRuntimeClassName()).isEqualTo("nvidia");
    assertThat(pod.getPriorityClassName()).isEqualTo("batch-low");
    assertThat(pod.getServiceAccountName()).isEqualTo("trainer");
  }

  @Test
  void shouldAskForNoGpuWhereTheClusterHasNone() {
    PodSpec pod = job(Fixtures.settings(Fixtures.ANYWHERE, 0)).getSpec().getTemplate().getSpec();

    assertThat(pod.getTolerations()).isEmpty();
    assertThat(pod.getContainers().get(0).getResources().getLimits()).containsOnlyKeys("memory");
  }

  @Test
  void shouldWaitForKueueWhenAQueueIsNamed() {
    Job job = job(full(Optional.empty()));

    assertThat(job.getMetadata().getLabels())
        .containsEntry("kueue.x-k8s.io/queue-name", "training");
    assertThat(job.getSpec().getSuspend()).isTrue();
    assertThat(job(Fixtures.settings(Fixtures.ANYWHERE, 0)).getSpec().getSuspend()).isNull();
  }

  @Test
  void shouldMountClaimsAndTakeSecretsIntoTheEnvironment() {
    PodSpec pod = job(full(Optional.empty())).getSpec().getTemplate().getSpec();
    Container worker = pod.getContainers().get(0);

    assertThat(pod.getVolumes())
        .extracting(volume -> volume.getName())
        .containsExactly("tmp", "edit-checkpoints", "edit-students");
    assertThat(worker.getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .containsExactly("/tmp", "/var/lib/edit/checkpoints", "/var/lib/edit/students");
    assertThat(worker.getVolumeMounts().get(2).getReadOnly()).isTrue();
    assertThat(worker.getEnvFrom())
        .extracting(
            from -> from.getSecretRef().getName(), from -> from.getSecretRef().getOptional())
        .containsExactly(tuple("edit-kafka", true), tuple("object-store", null));
    assertThat(worker.getEnv())
        .extracting(EnvVar::getName)
        .containsExactly(
            "MKL_NUM_THREADS",
            "OMP_NUM_THREADS",
            "OPT_OUT_TRACKING",
            "OTEL_EXPORTER_OTLP_ENDPOINT");
  }

  @Test
  void shouldSayWhoseItIsAndHowItEnds() {
    var owner = new OwnerReferenceBuilder().withKind("Deployment").withName("dispatcher").build();
    Job job =
        new JobTemplate(full(Optional.empty()), Fixtures.command())
            .of(Fixtures.run("edit-7", 2), List.of(owner));

    assertThat(job.getMetadata().getName()).isEqualTo("edit-edit-7-e2");
    assertThat(job.getMetadata().getOwnerReferences()).containsExactly(owner);
    assertThat(job.getMetadata().getLabels())
        .containsEntry("app.kubernetes.io/managed-by", "edit-dispatcher")
        .containsEntry("app.kubernetes.io/name", "trainer")
        .containsEntry("edit.dev/run", "edit-7")
        .containsEntry("edit.dev/epoch", "2");
    assertThat(job.getSpec().getTemplate().getMetadata().getLabels())
        .containsEntry("edit.dev/run", "edit-7");
    assertThat(job.getSpec().getBackoffLimit()).isEqualTo(5);
    assertThat(job.getSpec().getTtlSecondsAfterFinished()).isEqualTo(7200);
    assertThat(job.getSpec().getActiveDeadlineSeconds()).isEqualTo(259_200);
    Container worker = job.getSpec().getTemplate().getSpec().getContainers().get(0);
    assertThat(worker.getCommand()).containsExactly("java");
    assertThat(worker.getArgs()).startsWith("-Xmx1g").endsWith("--epoch", "2");
  }

  /** The rules of Pod Security's profile restricted. */
  @Test
  void shouldBeAllowedUnderTheRestrictedProfile() {
    PodSpec pod = job(full(Optional.empty())).getSpec().getTemplate().getSpec();

    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getHostNetwork()).isNull();
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getContainers())
        .allSatisfy(
            container -> {
              var security = container.getSecurityContext();
              assertThat(security.getAllowPrivilegeEscalation()).isFalse();
              assertThat(security.getReadOnlyRootFilesystem()).isTrue();
              assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
            });
    assertThat(pod.getVolumes())
        .allMatch(
            volume -> volume.getEmptyDir() != null || volume.getPersistentVolumeClaim() != null);
  }

  @Test
  void shouldHearASignalFromTheStartWhenItsRunIsCancelled() {
    PodSpec pod = job(full(Optional.empty())).getSpec().getTemplate().getSpec();

    assertThat(pod.getShareProcessNamespace()).isTrue();
  }

  @Test
  void shouldTryAgainOnlyWhereTheWorkerToldNoEnd() {
    List<PodFailurePolicyRule> rules =
        job(full(Optional.empty())).getSpec().getPodFailurePolicy().getRules();

    assertThat(rules.get(0).getOnExitCodes().getValues())
        .containsExactly(
            WorkerExit.UNEXPECTED.code(),
            WorkerExit.USAGE.code(),
            WorkerExit.DIVERGED.code(),
            WorkerExit.CHECKPOINT_NOT_WRITTEN.code(),
            WorkerExit.OUTDATED.code(),
            WorkerExit.INVALID_RUN.code());
    assertThat(rules.get(1).getAction()).isEqualTo("Ignore");
  }

  @Test
  void shouldLayTheOperatorsFileOverAllButTheRunsIdentity() throws IOException {
    Path file = folder.resolve("job.yaml");
    Files.writeString(file, OPERATORS_FILE);

    Job job = job(full(Optional.of(file)));

    assertThat(job.getSpec().getBackoffLimit()).isEqualTo(9);
    assertThat(job.getSpec().getTtlSecondsAfterFinished()).isNull();
    assertThat(job.getMetadata().getName()).isEqualTo("edit-edit-7-e2");
    assertThat(job.getMetadata().getLabels())
        .containsEntry("team", "nlp")
        .containsEntry("edit.dev/run", "edit-7");
    Container worker = job.getSpec().getTemplate().getSpec().getContainers().get(0);
    assertThat(worker.getArgs()).doesNotContain("--help");
    assertThat(worker.getResources().getLimits())
        .containsEntry("memory", new Quantity("64Gi"))
        .containsEntry("nvidia.com/gpu", new Quantity("2"));
    assertThat(worker.getEnv())
        .extracting(EnvVar::getName, EnvVar::getValue)
        .contains(
            org.assertj.core.groups.Tuple.tuple("NCCL_DEBUG", "INFO"),
            org.assertj.core.groups.Tuple.tuple("OMP_NUM_THREADS", "8"),
            org.assertj.core.groups.Tuple.tuple("OPT_OUT_TRACKING", "true"));
    assertThat(job.getSpec().getTemplate().getSpec().getVolumes().get(0).getEmptyDir())
        .satisfies(tmp -> assertThat(tmp.getSizeLimit()).isEqualTo(new Quantity("5Gi")));
  }

  @Test
  void shouldNameKeyAndFileWhenTheOperatorsFileIsNoJob() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.yaml"), "- a\n- b\n");

    assertThatThrownBy(() -> job(full(Optional.of(file))))
        .hasMessageContaining("edit.trainer.kubernetes.template")
        .hasMessageContaining("bad.yaml");
    Path typed = Files.writeString(folder.resolve("typed.yaml"), "spec: {backoffLimit: many}");
    assertThatThrownBy(() -> job(full(Optional.of(typed))))
        .hasMessageContaining("edit.trainer.kubernetes.template")
        .hasMessageContaining("many");
  }

  @Test
  void shouldNameTheKeyWhenAClaimOrTheImageIsMissing() {
    assertThatThrownBy(() -> Claim.parse("claim"))
        .hasMessageContaining("edit.trainer.kubernetes.claims")
        .hasMessageContaining("'claim'");
    JobSettings valid = full(Optional.empty());
    assertThatThrownBy(
            () ->
                new JobSettings(
                    null,
                    valid.resources(),
                    valid.placement(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    valid.limits(),
                    Optional.empty()))
        .hasMessageContaining("edit.trainer.kubernetes.image");
  }
}
