package dev.edit.contracts;

/**
 * How likely a student finds the key steps of dual chains of thought that it was not trained on. A
 * side's figure is the mean log-probability of its key tokens in nats, each given all tokens before
 * it; these are means over the pairs.
 *
 * @param right of the right sides
 * @param wrong of the wrong sides
 * @param margin of the right side minus the wrong one, pair by pair
 */
public record KeyStepFigures(Mean right, Mean wrong, Mean margin) {
  public KeyStepFigures {
    Require.present("right", right);
    Require.present("wrong", wrong);
    Require.present("margin", margin);
  }

  /**
   * A mean over the pairs.
   *
   * @param mean in nats
   * @param stderr sample standard deviation / sqrt(n); 0 for n below 2
   */
  public record Mean(double mean, double stderr) {
    private static final double MOST = 1e9;

    public Mean {
      Require.within("mean", mean, -MOST, MOST);
      Require.within("stderr", stderr, 0, MOST);
    }

    /** Of some values; 0 where there are none. */
    public static Mean of(double[] values) {
      int n = values.length;
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      double mean = n == 0 ? 0 : sum / n;
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      return new Mean(mean, n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n));
    }
  }
}
