package dev.edit.aligner.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlignerConfigTest {

  @Test
  void shouldHaveTheseDefaultsWhenOnlyTheStudentIsGiven() {
    AlignerConfig config = read(Map.of("edit.aligner.student", "models/student"));
    assertThat(config.student()).isEqualTo(Path.of("models/student"));
    assertThat(config.rule()).isEqualTo("reference");
    assertThat(config.minSimilarity()).isEqualTo(0.3);
    assertThat(config.maxLength()).isEqualTo(1024);
    assertThat(config.batchSize()).isEqualTo(1000);
    assertThat(config.instance()).isEqualTo("localhost");
  }

  @Test
  void shouldBeNamedByTheHostWhenThereIsOne() {
    AlignerConfig config =
        read(Map.of("edit.aligner.student", "models/student", "HOSTNAME", "aligner-0"));
    assertThat(config.instance()).isEqualTo("aligner-0");
  }

  @Test
  void shouldNameTheKeyWhenTheStudentIsMissing() {
    assertThatThrownBy(() -> read(Map.of())).hasMessageContaining("edit.aligner.student");
  }

  private static AlignerConfig read(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withDefaultValues(values)
        .withMapping(AlignerConfig.class)
        .build()
        .getConfigMapping(AlignerConfig.class);
  }
}
