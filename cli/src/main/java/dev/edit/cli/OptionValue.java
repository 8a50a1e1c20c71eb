package dev.edit.cli;

/** Checks of what was typed; an error names the option, what was expected and what it was. */
public final class OptionValue {
  private OptionValue() {}

  /** A whole number from {@code least} to {@code most}. */
  public static int within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw wrong(option, "%d to %d".formatted(least, most), value);
    }
    return value;
  }

  /** A number from {@code least} to {@code most}. */
  public static double within(String option, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw wrong(option, "%s to %s".formatted(least, most), value);
    }
    return value;
  }

  /** A whole number of at least {@code least}. */
  public static int atLeast(String option, int value, int least) {
    if (value < least) {
      throw wrong(option, "at least " + least, value);
    }
    return value;
  }

  /** The failure of an option that is not as it should be. */
  public static CommandFailure wrong(String option, String expected, Object value) {
    return new CommandFailure("%s: expected %s, but was %s".formatted(option, expected, value));
  }
}
