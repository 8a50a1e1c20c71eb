package dev.edit.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class McNemarTest {
  @Test
  void shouldGiveTextbookValuesWhenCountsAreSmall() {
    // 2 (C(22, 0) + ... + C(22, 6)) / 2^22
    assertThat(new McNemar(6, 16).pValue()).isCloseTo(2 * 110_056 / 4_194_304.0, within(1e-12));
    // 2 (1 + 10) / 2^10
    assertThat(new McNemar(1, 9).pValue()).isCloseTo(0.021484375, within(1e-12));
    assertThat(new McNemar(0, 5).pValue()).isCloseTo(0.0625, within(1e-12));
    assertThat(new McNemar(0, 6).pValue()).isCloseTo(0.03125, within(1e-12));
  }

  @Test
  void shouldBeOneWhenNothingOrAsMuchSpeaksForBoth() {
    assertThat(new McNemar(0, 0).pValue()).isEqualTo(1);
    assertThat(new McNemar(7, 7).pValue()).isEqualTo(1);
    assertThat(new McNemar(7, 8).pValue()).isCloseTo(1, within(1e-12));
  }

  @Test
  void shouldEqualExactArithmeticWhenCountsAreRandom() {
    long seed = 20240530L;
    Random random = new Random(seed);
    for (int trial = 0; trial < 200; trial++) {
      McNemar test = new McNemar(random.nextInt(120), random.nextInt(120));
      assertThat(test.pValue()).as("seed %d: %s", seed, test).isCloseTo(exact(test), within(1e-9));
    }
  }

  @Test
  void shouldStayFiniteWhenThousandsDiffer() {
    assertThat(new McNemar(1_000, 4_000).pValue()).isPositive().isLessThan(1e-300);
    assertThat(new McNemar(2_450, 2_550).pValue()).isCloseTo(0.1615, within(5e-4));
  }

  @Test
  void shouldCountDiscordantProblemsWhenOutcomesAreCompared() {
    assertThat(McNemar.of("110100", "011000").plus(McNemar.of("1", "0")))
        .isEqualTo(new McNemar(3, 1));
  }

  @Test
  void shouldRefuseWhenOutcomesCoverDifferentProblems() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> McNemar.of("101", "10"))
        .withMessageContaining("3 and 2");
  }

  private static double exact(McNemar test) {
    int n = test.discordant();
    BigInteger sum = BigInteger.ZERO;
    BigInteger choose = BigInteger.ONE;
    for (int k = 0; k <= Math.min(test.firstOnly(), test.secondOnly()); k++) {
      sum = sum.add(choose);
      choose = choose.multiply(BigInteger.valueOf(n - k)).divide(BigInteger.valueOf(k + 1L));
    }
    BigDecimal p =
        new BigDecimal(sum.shiftLeft(1))
            .divide(new BigDecimal(BigInteger.ONE.shiftLeft(n)), MathContext.DECIMAL64);
    return Math.min(1, p.doubleValue());
  }
}
