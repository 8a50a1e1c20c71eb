package dev.edit.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

    assertThat(config.checkpoints()).isEqualTo(Path.of("runs"));
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
    assertThat(config.worker().grace()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void shouldNameTheKeyWhenTheCheckpointsFolderIsMissing() {
    assertThatThrownBy(() -> config(Map.of())).hasMessageContaining("edit.trainer.checkpoints");
  }
}
