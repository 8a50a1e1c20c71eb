package dev.edit.contracts;

import java.util.regex.Pattern;

/** The checks of the records' compact constructors; each throws {@link InvalidRecordException}. */
public final class Require {
  /**
   * Ids become file names, Kafka keys and URL segments: no leading dot, no "..", no blank, at most
   * 200 characters.
   */
  private static final Pattern ID =
      Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9][A-Za-z0-9._/:-]{0,199}");

  private static final Pattern NAME =
      Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private Require() {}

  /** A value that must be there. */
  public static <T> T present(String field, T value) {
    if (value == null) {
      throw new InvalidRecordException(field, null, "a value");
    }
    return value;
  }

  /** Text that holds at least one visible character. */
  public static String text(String field, String value) {
    if (value == null || value.isBlank()) {
      throw new InvalidRecordException(field, value, "non-blank text");
    }
    return value;
  }

  /**
   * A record id such as {@code navigate/train/00017}: letters, digits and {@code . _ / : -}, at
   * most 200 characters.
   */
  public static String id(String field, String value) {
    if (value == null || !ID.matcher(value).matches()) {
      throw new InvalidRecordException(
          field,
          value,
          "1 to 200 characters of A-Z a-z 0-9 . _ / : - that start with a letter or digit, without '..'");
    }
    return value;
  }

  /**
   * A name that becomes one path segment, such as a run id: as {@link #id} without slash and colon,
   * at most 100 characters.
   */
  public static String name(String field, String value) {
    if (value == null || !NAME.matcher(value).matches()) {
      throw new InvalidRecordException(
          field,
          value,
          "1 to 100 characters of A-Z a-z 0-9 . _ - that start with a letter or digit, without '..'");
    }
    return value;
  }

  /** A whole number of at least {@code least}. */
  public static int atLeast(String field, int value, int least) {
    if (value < least) {
      throw new InvalidRecordException(field, value, "at least " + least);
    }
    return value;
  }

  /** A whole number of at least {@code least}. */
  public static long atLeast(String field, long value, long least) {
    if (value < least) {
      throw new InvalidRecordException(field, value, "at least " + least);
    }
    return value;
  }

  /** A finite number in the closed range from {@code least} to {@code most}. */
  public static double within(String field, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new InvalidRecordException(field, value, "a number from " + least + " to " + most);
    }
    return value;
  }
}
