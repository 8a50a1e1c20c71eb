package dev.edit.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
  @Test
  void shouldAgreeWithTheNormalIntervalWhenThereAreManyProblems() {
    String first = outcomes(1, 4_000, 0.7);
    String second = outcomes(2, 4_000, 0.6);
    McNemar discordant = McNemar.of(first, second);
    double n = first.length();
    double difference = (discordant.firstOnly() - discordant.secondOnly()) / n;
    double deviation = Math.sqrt((discordant.discordant() / n - difference * difference) / (n - 1));

    PairedBootstrap interval = PairedBootstrap.of(first, second);

    assertThat(interval.difference()).isEqualTo(difference);
    assertThat(interval.low()).isCloseTo(difference - 1.96 * deviation, within(0.2 * deviation));
    assertThat(interval.high()).isCloseTo(difference + 1.96 * deviation, within(0.2 * deviation));
  }

  @Test
  void shouldChangeSignWhenTheStudentsChangePlaces() {
    String first = outcomes(3, 300, 0.7);
    String second = outcomes(4, 300, 0.5);

    assertThat(PairedBootstrap.of(second, first).difference())
        .isEqualTo(-PairedBootstrap.of(first, second).difference());
  }

  @Test
  void shouldBeAPointWhenTheStudentsNeverDiffer() {
    String outcomes = outcomes(5, 50, 0.5);

    assertThat(PairedBootstrap.of(outcomes, outcomes)).isEqualTo(new PairedBootstrap(0, 0, 0));
  }

  @Test
  void shouldGiveTheSameIntervalWhenAskedAgain() {
    String first = outcomes(6, 200, 0.4);
    String second = outcomes(7, 200, 0.5);

    assertThat(PairedBootstrap.of(first, second)).isEqualTo(PairedBootstrap.of(first, second));
  }

  @Test
  void shouldRefuseWhenThereIsNothingToDrawFrom() {
    assertThatThrownBy(() -> PairedBootstrap.of("", ""))
        .hasMessage("outcomes: expected at least one problem, got none");
  }

  private static String outcomes(long seed, int n, double share) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder outcomes = new StringBuilder();
    for (int i = 0; i < n; i++) {
      outcomes.append(random.nextDouble() < share ? '1' : '0');
    }
    return outcomes.toString();
  }
}
