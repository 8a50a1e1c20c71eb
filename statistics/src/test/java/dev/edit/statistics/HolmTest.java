package dev.edit.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HolmTest {
  @Test
  void shouldStepDownWhenPValuesAreMixed() {
    // statsmodels: multipletests([.01, .04, .03, .005], method='holm')
    assertThat(Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
  }

  @Test
  void shouldStayWithinOneWhenPValuesAreLarge() {
    assertThat(Holm.adjust(new double[] {0.9, 0.8})).containsExactly(1.0, 1.0);
    assertThat(Holm.adjust(new double[] {})).isEmpty();
  }

  @Test
  void shouldGiveMeanAndSampleDeviationWhenSeedsDiffer() {
    assertThat(Spread.of(List.of(0.5, 0.6, 0.7)).mean()).isCloseTo(0.6, within(1e-12));
    assertThat(Spread.of(List.of(0.5, 0.6, 0.7)).deviation()).isCloseTo(0.1, within(1e-12));
    assertThat(Spread.of(List.of(0.5))).isEqualTo(new Spread(0.5, 0, 1));
  }
}
