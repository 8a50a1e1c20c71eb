package dev.edit.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
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

  @Test
  void shouldNotGetNarrowerWhenASeedIsGivenTwice() {
    String first = outcomes(8, 200, 0.6);
    String second = outcomes(9, 200, 0.5);

    assertThat(PairedBootstrap.of(List.of(first, first), List.of(second, second)))
        .isEqualTo(PairedBootstrap.of(first, second));
  }

  @Test
  void shouldAverageTheSeedsWhenThereAreSeveral() {
    PairedBootstrap both = PairedBootstrap.of(List.of("1100", "1000"), List.of("0000", "0100"));

    assertThat(both.difference()).isEqualTo(2.0 / 8);
  }

  @Test
  void shouldRefuseWhenASeedIsOfOtherProblems() {
    assertThatThrownBy(() -> PairedBootstrap.of(List.of("11", "1"), List.of("11", "11")))
        .hasMessage("outcomes: expected equal lengths, got 2 and 1");
    assertThatThrownBy(() -> PairedBootstrap.of(List.of("11"), List.of()))
        .hasMessage("seeds: expected equal numbers of at least 1, got 1 and 0");
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
