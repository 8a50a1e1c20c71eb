package dev.edit.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class DecodeBenchTest {

  @Test
  void shouldGiveTheSameTokensInEveryWay() throws IOException {
    DecodeBench.Result result = DecodeBench.run(null, 3, 12, 24, 4);

    assertThat(result.same()).isTrue();
    assertThat(result.prompts()).isEqualTo(12);
    assertThat(result.tokens()).isBetween(12L, 12L * 24);
    assertThat(result.timings())
        .extracting(DecodeBench.Timing::way)
        .containsExactly(
            "one-by-one-without-cache", "one-by-one", "batches-without-refill", "refill");
    assertThat(result.timings().get(0).timesUncached()).isEqualTo(1);
    assertThat(result.timings())
        .allSatisfy(timing -> assertThat(timing.tokensPerSecond()).isPositive());
  }
}
