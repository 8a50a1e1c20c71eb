package dev.edit.evaluator.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EvaluatorConfigTest {
  private final EvaluatorConfig config =
      new SmallRyeConfigBuilder()
          .addDefaultInterceptors()
          .withMapping(EvaluatorConfig.class)
          .withConverter(Duration.class, 200, new DurationConverter())
          .withConverter(MemorySize.class, 200, new MemorySizeConverter())
          .build()
          .getConfigMapping(EvaluatorConfig.class);

  @Test
  void shouldHaveTheseDefaults() {
    assertThat(config.maxNewTokens()).isEqualTo(256);
    assertThat(config.batchSize()).isEqualTo(64);
    assertThat(config.cacheMemory().asLongValue()).isEqualTo(2L << 30);
    assertThat(config.stopAtAnswer()).isTrue();
    assertThat(config.selfConsistency().samples()).isZero();
    assertThat(config.selfConsistency().temperature()).isEqualTo(0.7);
    assertThat(config.selfConsistency().topP()).isEqualTo(0.95);
    assertThat(config.selfConsistency().seed()).isZero();
    assertThat(config.threads()).isOne();
    assertThat(config.samples()).isEmpty();
    assertThat(config.patience()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.instance()).isEqualTo("localhost");
    assertThat(config.mostDuals()).isEqualTo(500);
    assertThat(config.prompts().folder()).isEmpty();
    assertThat(config.prompts().shots()).isZero();
    assertThat(config.prompts().pack()).isEmpty();
    assertThat(config.endpoint().url()).isEmpty();
    assertThat(config.endpoint().model()).isEqualTo("{run}");
    assertThat(config.endpoint().apiKey()).isEmpty();
    assertThat(config.endpoint().timeout()).isEqualTo(Duration.ofSeconds(120));
    assertThat(config.endpoint().retries()).isEqualTo(5);
    assertThat(config.endpoint().concurrency()).isEqualTo(16);
    assertThat(config.console().enabled()).isTrue();
    assertThat(config.console().maxPairs()).isEqualTo(2_000_000);
    assertThat(config.console().maxRuns()).isEqualTo(2_000);
    assertThat(config.console().maxDeadLetters()).isEqualTo(10_000);
    assertThat(config.console().token()).isEmpty();
    assertThat(config.console().promptPrice()).isEmpty();
    assertThat(config.console().completionPrice()).isEmpty();
  }

  @Test
  void shouldHaveTheseDefaultsOfWhatComesFromS3() {
    assertThat(config.copies())
        .isEqualTo(Path.of(System.getProperty("java.io.tmpdir"), "edit-evaluator"));
    assertThat(config.copiesSize().asLongValue()).isEqualTo(20L << 30);
    assertThat(config.s3().endpoint()).isEmpty();
    assertThat(config.s3().region()).isEmpty();
    assertThat(config.s3().pathStyle()).isEmpty();
  }
}
