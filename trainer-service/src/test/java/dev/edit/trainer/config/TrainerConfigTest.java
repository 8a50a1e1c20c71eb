package dev.edit.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.artifacts.S3Settings;
import dev.edit.trainer.worker.RunPlace;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainerConfigTest {
  private static TrainerConfig config(Map<String, String> properties) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withMapping(TrainerConfig.class)
            .withConverter(
                Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
            .withSources(new PropertiesConfigSource(properties, "test", 100))
            .build();
    return config.getConfigMapping(TrainerConfig.class);
  }

  @Test
  void shouldHaveTheseDefaults() {
    TrainerConfig config = config(Map.of("edit.trainer.checkpoints", "runs"));

    assertThat(config.checkpoints()).isEqualTo("runs");
    assertThat(config.work())
        .isEqualTo(Path.of(System.getProperty("java.io.tmpdir"), "edit-trainer"));
    assertThat(config.s3().endpoint()).isEmpty();
    assertThat(config.s3().region()).isEmpty();
    assertThat(config.s3().pathStyle()).isEmpty();
    RunPlace place = Launchers.place(config);
    assertThat(place.work()).isEqualTo(Path.of("runs").toAbsolutePath());
    assertThat(place.s3()).isEqualTo(S3Settings.DEFAULT);
    assertThat(config.maxConcurrentRuns()).isOne();
    assertThat(config.patience()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.recoverEvery()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.instance()).isEqualTo("localhost");
    assertThat(config.worker().javaOptions())
        .containsExactly("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    assertThat(config.worker().threads()).isOne();
    assertThat(config.worker().reportEvery()).isEqualTo(25);
    assertThat(config.worker().saveEverySteps()).isZero();
    assertThat(config.worker().saveEvery()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.worker().savesKept()).isEqualTo(2);
    assertThat(config.worker().device()).isEqualTo("auto");
    assertThat(Launchers.device(config)).isEqualTo("auto");
    assertThat(config.worker().grace()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void shouldHaveTheseDefaultsOfACluster() {
    TrainerConfig config = config(Map.of("edit.trainer.checkpoints", "runs"));
    KubernetesConfig jobs = config.kubernetes();

    assertThat(config.launcher()).isEqualTo(TrainerConfig.Launcher.PROCESS);
    assertThat(config.operator().enabled()).isFalse();
    assertThat(config.operator().lease()).isEqualTo("edit-operator");
    assertThat(config.operator().poll()).isEqualTo(Duration.ofSeconds(2));
    assertThat(jobs.gpus()).isOne();
    assertThat(jobs.cpu()).isEqualTo("2");
    assertThat(jobs.memory()).isEqualTo("8Gi");
    assertThat(jobs.backoffLimit()).isEqualTo(3);
    assertThat(jobs.timeToLive()).isEqualTo(Duration.ofDays(1));
    assertThat(jobs.resync()).isEqualTo(Duration.ofSeconds(30));
    assertThat(jobs.quiet()).isEqualTo(Duration.ofMinutes(1));
    assertThat(
            java.util.List.of(
                jobs.namespace(),
                jobs.image(),
                jobs.nodeSelector(),
                jobs.runtimeClassName(),
                jobs.queueName(),
                jobs.priorityClassName(),
                jobs.serviceAccount(),
                jobs.claims(),
                jobs.secrets(),
                jobs.ownerDeployment(),
                jobs.deadline(),
                jobs.template()))
        .allMatch(java.util.Optional::isEmpty);
  }

  @Test
  void shouldReadListsOfACluster() {
    KubernetesConfig jobs =
        config(
                Map.of(
                    "edit.trainer.checkpoints", "runs",
                    "edit.trainer.launcher", "kubernetes",
                    "edit.trainer.kubernetes.image", "i",
                    "edit.trainer.kubernetes.node-selector", "a.b/c=d,e=f",
                    "edit.trainer.kubernetes.claims", "p:/q:ro,r:/s"))
            .kubernetes();

    var settings = Launchers.settings(jobs);

    assertThat(settings.placement().nodeSelector()).containsEntry("a.b/c", "d");
    assertThat(settings.claims()).hasSize(2);
    assertThatThrownBy(
            () ->
                Launchers.settings(
                    config(
                            Map.of(
                                "edit.trainer.checkpoints", "runs",
                                "edit.trainer.kubernetes.image", "i",
                                "edit.trainer.kubernetes.node-selector", "gpu"))
                        .kubernetes()))
        .hasMessageContaining("edit.trainer.kubernetes.node-selector")
        .hasMessageContaining("'gpu'");
  }

  @ParameterizedTest
  @CsvSource({
    "1, auto, cuda:0",
    "2, auto, 'cuda:0,cuda:1'",
    "0, auto, auto",
    "1, cpu, cpu",
    "2, cuda:1, cuda:1"
  })
  void shouldTrainOnTheGpuThatAJobAsksFor(String gpus, String device, String expected) {
    TrainerConfig config =
        config(
            Map.of(
                "edit.trainer.checkpoints",
                "runs",
                "edit.trainer.launcher",
                "kubernetes",
                "edit.trainer.kubernetes.gpus",
                gpus,
                "edit.trainer.worker.device",
                device));

    assertThat(Launchers.device(config)).isEqualTo(expected);
  }

  @Test
  void shouldKeepTheBucketInThePathWhenThereIsAnEndpoint() {
    RunPlace place =
        Launchers.place(
            config(
                Map.of(
                    "edit.trainer.checkpoints", "s3://runs/prod",
                    "edit.trainer.work", "/scratch",
                    "edit.trainer.s3.region", "eu-central-1",
                    "edit.trainer.s3.endpoint", "http://minio:9000")));

    assertThat(place.root()).isEqualTo("s3://runs/prod");
    assertThat(place.work()).isEqualTo(Path.of("/scratch"));
    assertThat(place.s3())
        .isEqualTo(new S3Settings(URI.create("http://minio:9000"), "eu-central-1", true));
  }

  @Test
  void shouldNameTheKeyWhenTheCheckpointsFolderIsMissing() {
    assertThatThrownBy(() -> config(Map.of())).hasMessageContaining("edit.trainer.checkpoints");
  }
}
