package dev.edit.contracts;

/**
 * A record's field holds a value that the record's contract does not allow; names field, value and
 * what was expected.
 */
public final class InvalidRecordException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_VALUE = 80;

  private final String field;

  public InvalidRecordException(String field, Object value, String expected) {
    super("field '%s': expected %s, but was %s".formatted(field, expected, shorten(value)));
    this.field = field;
  }

  /** The name of the offending field, as it is spelled in the JSON. */
  public String field() {
    return field;
  }

  private static String shorten(Object value) {
    String text = String.valueOf(value);
    return text.length() <= LONGEST_VALUE
        ? "'" + text + "'"
        : "'" + text.substring(0, LONGEST_VALUE) + "…' (" + text.length() + " characters)";
  }
}
