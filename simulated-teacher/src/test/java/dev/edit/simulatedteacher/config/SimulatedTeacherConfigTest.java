package dev.edit.simulatedteacher.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulatedTeacherConfigTest {

  @Test
  void shouldHaveTheDocumentedDefaults() {
    SimulatedTeacherConfig config =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 100, new DurationConverter())
            .withMapping(SimulatedTeacherConfig.class)
            .build()
            .getConfigMapping(SimulatedTeacherConfig.class);
    assertThat(config.seed()).isEqualTo(1);
    assertThat(config.errorRate()).isEqualTo(0.27);
    assertThat(config.latency()).isZero();
    assertThat(config.latencyJitter()).isZero();
    assertThat(config.faults().rateLimit()).isZero();
    assertThat(config.faults().retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.faults().serverError()).isZero();
    assertThat(config.faults().reset()).isZero();
    assertThat(config.faults().noReply()).isZero();
    assertThat(config.faults().slow()).isZero();
    assertThat(config.faults().slowBy()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.faults().truncation()).isZero();
    assertThat(config.faults().garbage()).isZero();
    assertThat(config.faults().malformed()).isZero();
  }
}
