package dev.edit.datasets.json;

/** A data set's file is not as its format says; names file, line, field, value and expectation. */
public final class MalformedDatasetException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_VALUE = 80;

  private MalformedDatasetException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A field holds a value that the format does not allow. */
  public static MalformedDatasetException field(
      Place place, String field, Object value, String expected) {
    return new MalformedDatasetException(
        "%s: field '%s': expected %s, but was %s".formatted(place, field, expected, shorten(value)),
        null);
  }

  /** A file, a line or an entry is not what the format has in its place. */
  public static MalformedDatasetException at(Place place, String problem, Throwable cause) {
    return new MalformedDatasetException(place + ": " + problem, cause);
  }

  private static String shorten(Object value) {
    String text = value == null ? "missing" : value.toString();
    return text.length() <= LONGEST_VALUE
        ? text
        : text.substring(0, LONGEST_VALUE) + "… (" + text.length() + " characters)";
  }
}
