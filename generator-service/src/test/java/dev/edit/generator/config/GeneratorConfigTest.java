package dev.edit.generator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edit.generator.client.Dialect;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorConfigTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "kafka.bootstrap.servers", "127.0.0.1:9092",
          "edit.generator.teacher.url", "http://127.0.0.1:8000/v1",
          "edit.generator.teacher.model", "some-model");

  @Test
  void shouldHaveTheseDefaults() {
    SmallRyeConfig config = config(REQUIRED);
    GeneratorConfig generator = config.getConfigMapping(GeneratorConfig.class);
    assertThat(generator.concurrency()).isEqualTo(32);
    assertThat(generator.patience()).isEqualTo(Duration.ofSeconds(30));
    assertThat(generator.poolSize()).isEqualTo(200);
    assertThat(generator.promptPack()).isEmpty();
    assertThat(generator.cache()).isEmpty();
    assertThat(generator.sharedCache()).isEmpty();
    assertThat(generator.window()).isEqualTo(1024);
    assertThat(generator.grace()).isEqualTo(Duration.ofSeconds(20));
    assertThat(generator.budget().tokens()).isEmpty();
    assertThat(generator.budget().cost()).isEmpty();
    assertThat(generator.instance()).isEqualTo("localhost");
    assertThat(generator.attempts().annotate()).isEqualTo(3);
    assertThat(generator.attempts().rectify()).isEqualTo(4);
    assertThat(generator.attempts().corrupt()).isEqualTo(3);
    assertThat(generator.attempts().temperatureStep()).isEqualTo(0.25);
    assertThat(generator.mistakes().enabled()).isFalse();
    assertThat(generator.mistakes().attempts()).isEqualTo(2);
    assertThat(generator.path().least()).isEqualTo(0.32);
    assertThat(generator.path().most()).isEqualTo(1.0);
    assertThat(config.getConfigMapping(KafkaAddress.class).bootstrapServers())
        .isEqualTo("127.0.0.1:9092");
  }

  @Test
  void shouldHaveTheseDefaultsForTheTeacher() {
    GeneratorConfig.TeacherConfig teacher =
        config(REQUIRED).getConfigMapping(GeneratorConfig.class).teacher();
    assertThat(teacher.url()).isEqualTo(URI.create("http://127.0.0.1:8000/v1"));
    assertThat(teacher.model()).isEqualTo("some-model");
    assertThat(teacher.apiKey()).isEmpty();
    assertThat(teacher.apiKeyHeader()).isEqualTo("Authorization");
    assertThat(teacher.headers()).isEmpty();
    assertThat(teacher.style()).isEqualTo(Dialect.Style.CHAT);
    assertThat(teacher.reasoning()).isEqualTo(Dialect.Reasoning.LEAVE_OUT);
    assertThat(teacher.maxTokensField()).isEqualTo(Dialect.MaxTokensField.MAX_TOKENS);
    assertThat(teacher.stop()).isEmpty();
    assertThat(teacher.seed()).isEmpty();
    assertThat(teacher.limits().requestsPerMinute()).isEmpty();
    assertThat(teacher.limits().tokensPerMinute()).isEmpty();
    assertThat(teacher.limits().workers()).isEmpty();
    assertThat(teacher.limits().longestPause()).isEqualTo(Duration.ofSeconds(5));
    assertThat(teacher.price().promptPerMillion()).isZero();
    assertThat(teacher.price().completionPerMillion()).isZero();
    assertThat(teacher.temperature()).isEqualTo(0.2);
    assertThat(teacher.topP()).isEqualTo(1.0);
    assertThat(teacher.maxTokens()).isEqualTo(2048);
    assertThat(teacher.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(teacher.timeout()).isEqualTo(Duration.ofMinutes(6));
    assertThat(teacher.retry().times()).isEqualTo(8);
    assertThat(teacher.retry().first()).isEqualTo(Duration.ofMillis(500));
    assertThat(teacher.retry().longest()).isEqualTo(Duration.ofSeconds(8));
    assertThat(teacher.retry().retryAfterCap()).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.bootstrap.servers",
        "edit.generator.teacher.url",
        "edit.generator.teacher.model"
      })
  void shouldNameTheKeyWhenARequiredOneIsMissing(String key) {
    Map<String, String> values = new HashMap<>(REQUIRED);
    values.remove(key);
    assertThatThrownBy(() -> config(values)).hasMessageContaining(key);
  }

  private static SmallRyeConfig config(Map<String, String> values) {
    Map<String, String> all = new HashMap<>(values);
    return new SmallRyeConfigBuilder()
        .withMapping(GeneratorConfig.class)
        .withMapping(KafkaAddress.class)
        .addDefaultInterceptors()
        .withDefaultValues(all)
        .withConverters(
            new org.eclipse.microprofile.config.spi.Converter<?>[] {
              new io.quarkus.runtime.configuration.DurationConverter(),
              new io.quarkus.runtime.configuration.PathConverter()
            })
        .build();
  }
}
