package dev.edit.trainer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.edit.contracts.recipe.StageSpec;
import dev.edit.contracts.recipe.StageSpec.Schedule;
import org.junit.jupiter.api.Test;

class RateScheduleTest {
  private static RateSchedule schedule(int steps, Schedule schedule, int warmup) {
    return new RateSchedule(new StageSpec(steps, 1, 0.8, schedule, warmup, Samples.ADAMW), 10);
  }

  @Test
  void shouldRiseLinearlyToThePeakWhenWarmingUp() {
    RateSchedule rates = schedule(100, Schedule.COSINE, 4);

    assertThat(rates.at(0)).isEqualTo(0.2);
    assertThat(rates.at(1)).isEqualTo(0.4);
    assertThat(rates.at(3)).isEqualTo(0.8);
    assertThat(rates.at(4)).isEqualTo(0.8);
  }

  @Test
  void shouldFallAlongHalfACosineWhenWarm() {
    RateSchedule rates = schedule(104, Schedule.COSINE, 4);

    assertThat(rates.at(54)).isEqualTo(0.4, within(1e-12));
    assertThat(rates.at(29)).isEqualTo(0.8 * (1 + Math.sqrt(0.5)) / 2, within(1e-12));
    assertThat(rates.at(103)).isBetween(0.0, 0.001);
  }

  @Test
  void shouldStayAtThePeakWhenConstant() {
    assertThat(schedule(10, Schedule.CONSTANT, 0).at(9)).isEqualTo(0.8);
  }

  @Test
  void shouldTakeThePeakWhenThereIsOneStep() {
    assertThat(schedule(1, Schedule.COSINE, 0).at(0)).isEqualTo(0.8);
  }

  @Test
  void shouldDecayOnceAnEpochWhenExponential() {
    RateSchedule rates = schedule(40, Schedule.EXPONENTIAL, 0);

    assertThat(rates.at(9)).isEqualTo(0.8);
    assertThat(rates.at(10)).isEqualTo(0.8 * 0.95, within(1e-12));
    assertThat(rates.at(39)).isEqualTo(0.8 * Math.pow(0.95, 3), within(1e-12));
  }

  @Test
  void shouldWarmUpForAShareOfTheStepsWhenARatioIsGiven() {
    StageSpec spec =
        new StageSpec(10, 1, 0.8, Schedule.CONSTANT, 0, Samples.ADAMW, null, null, 0.3, null);

    RateSchedule rates = new RateSchedule(spec, 5);

    assertThat(rates.at(0)).isEqualTo(0.8 / 3, within(1e-12));
    assertThat(rates.at(2)).isEqualTo(0.8, within(1e-12));
  }
}
