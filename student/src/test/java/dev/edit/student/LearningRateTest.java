package dev.edit.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {

  @Test
  void shouldWarmUpAndFallAlongHalfACosine() {
    LearningRate rate = LearningRate.cosine(1.0, 0.1, 10, 110);
    assertThat(rate.at(0)).isEqualTo(0.1, within(1e-12));
    assertThat(rate.at(9)).isEqualTo(1.0, within(1e-12));
    assertThat(rate.at(10)).isEqualTo(1.0, within(1e-12));
    assertThat(rate.at(60)).isEqualTo(0.55, within(1e-12));
    assertThat(rate.at(110)).isEqualTo(0.1);
    assertThat(rate.at(1000)).isEqualTo(0.1);
    for (int step = 11; step < 110; step++) {
      assertThat(rate.at(step)).isLessThan(rate.at(step - 1));
    }
  }

  @Test
  void shouldDecayByEpoch() {
    LearningRate rate = LearningRate.perEpoch(2.0, 0.5, 3);
    assertThat(new double[] {rate.at(0), rate.at(2), rate.at(3), rate.at(6)})
        .containsExactly(2.0, 2.0, 1.0, 0.5);
    assertThat(LearningRate.constant(0.3).at(99)).isEqualTo(0.3);
  }

  @Test
  void shouldRefuseASpanThatIsNotOne() {
    assertThatThrownBy(() -> LearningRate.cosine(1, 0, 5, 4))
        .hasMessageContaining("warmupSteps is 5 and totalSteps is 4");
    assertThatThrownBy(() -> LearningRate.perEpoch(1, 1, 0))
        .hasMessageContaining("stepsPerEpoch is 0");
  }
}
