package dev.edit.statistics;

/**
 * McNemar's exact test on two students' outcomes over the same problems.
 *
 * <p>Only the discordant problems count: under the null hypothesis each is as likely to favour one
 * student as the other, so the smaller count follows a binomial distribution with probability 1/2.
 *
 * @param firstOnly problems that only the first student got right
 * @param secondOnly problems that only the second student got right
 */
public record McNemar(int firstOnly, int secondOnly) {
  public McNemar {
    if (firstOnly < 0 || secondOnly < 0) {
      throw new IllegalArgumentException(
          "discordant counts: expected at least 0, got %d and %d".formatted(firstOnly, secondOnly));
    }
  }

  /**
   * Compares outcome strings, one character a problem: {@code 1} right, anything else wrong.
   *
   * @throws IllegalArgumentException if the lengths differ
   */
  public static McNemar of(String first, String second) {
    if (first.length() != second.length()) {
      throw new IllegalArgumentException(
          "outcomes: expected equal lengths, got %d and %d"
              .formatted(first.length(), second.length()));
    }
    int firstOnly = 0;
    int secondOnly = 0;
    for (int i = 0; i < first.length(); i++) {
      boolean firstRight = first.charAt(i) == '1';
      boolean secondRight = second.charAt(i) == '1';
      if (firstRight && !secondRight) {
        firstOnly++;
      } else if (secondRight && !firstRight) {
        secondOnly++;
      }
    }
    return new McNemar(firstOnly, secondOnly);
  }

  /** Both tests' discordant problems together. */
  public McNemar plus(McNemar other) {
    return new McNemar(firstOnly + other.firstOnly, secondOnly + other.secondOnly);
  }

  /** How many problems the students differ on. */
  public int discordant() {
    return firstOnly + secondOnly;
  }

  /**
   * The two-sided p-value, in (0, 1]: {@code min(1, 2 P(X <= min(b, c)))} with X binomial(b + c,
   * 1/2); 1 without discordant problems. Computed in logarithms, so that it holds for any count.
   */
  public double pValue() {
    int n = discordant();
    int smaller = Math.min(firstOnly, secondOnly);
    double logTerm = -n * Math.log(2);
    double tail = 0;
    for (int k = 0; k <= smaller; k++) {
      tail += Math.exp(logTerm);
      logTerm += Math.log(n - k) - Math.log(k + 1.0);
    }
    return Math.min(1, Math.max(2 * tail, Double.MIN_VALUE));
  }
}
