package dev.edit.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WilsonIntervalTest {
  @Test
  void shouldGiveTheTextbookBoundsWhenHalfAreRight() {
    WilsonInterval interval = WilsonInterval.of(5, 10);

    // By hand: (0.5 + 0.19207) / 1.38415 -+ 1.95996 sqrt(0.025 + 0.0096036) / 1.38415.
    assertThat(interval.low()).isCloseTo(0.236593, within(1e-6));
    assertThat(interval.high()).isCloseTo(0.763407, within(1e-6));
  }

  @Test
  void shouldStayInsideTheUnitRangeWhenAllOrNoneAreRight() {
    assertThat(WilsonInterval.of(0, 20).low()).isZero();
    assertThat(WilsonInterval.of(0, 20).high()).isBetween(0.1, 0.2);
    assertThat(WilsonInterval.of(20, 20).high()).isEqualTo(1);
    assertThat(WilsonInterval.of(20, 20).low()).isBetween(0.8, 0.9);
  }

  @Test
  void shouldSayNothingWhenThereAreNoProblems() {
    assertThat(WilsonInterval.of(0, 0)).isEqualTo(new WilsonInterval(0, 1));
  }

  @Test
  void shouldNameTheRangeWhenMoreAreRightThanThereAre() {
    assertThatThrownBy(() -> WilsonInterval.of(3, 2)).hasMessage("hits: expected 0 to 2, got 3");
  }
}
