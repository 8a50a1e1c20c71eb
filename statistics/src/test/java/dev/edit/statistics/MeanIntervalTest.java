package dev.edit.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MeanIntervalTest {
  @Test
  void shouldAgreeWithTheNormalIntervalWhenThereAreManyValues() {
    SplittableRandom random = new SplittableRandom(11);
    double[] values = random.ints(2_000, 1, 11).asDoubleStream().toArray();
    MeanInterval interval = MeanInterval.of(values);

    // A whole number from 1 to 10 has the variance (10² - 1) / 12.
    double error = Math.sqrt(99.0 / 12 / values.length);
    assertThat(interval.mean()).isCloseTo(5.5, within(4 * error));
    assertThat(interval.low()).isCloseTo(interval.mean() - 1.96 * error, within(0.2 * error));
    assertThat(interval.high()).isCloseTo(interval.mean() + 1.96 * error, within(0.2 * error));
    assertThat(interval.n()).isEqualTo(2_000);
  }

  @Test
  void shouldNotDependOnTheOrderOfTheValues() {
    assertThat(MeanInterval.of(new double[] {1, 5, 9, 2}))
        .isEqualTo(MeanInterval.of(new double[] {9, 2, 5, 1}));
  }

  @Test
  void shouldRefuseWhenThereIsNothingToAverage() {
    assertThatThrownBy(() -> MeanInterval.of(new double[0]))
        .hasMessage("values: expected at least one, got none");
  }
}
